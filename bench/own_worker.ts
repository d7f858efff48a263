/** The workers of own_server.ts, composed as devmcp's are. */
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { createCapabilities } from "../commands/capabilities.ts";
import { type CallPort, serveCalls } from "../commands/serve/serve_calls.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { echo } from "./echo_tool.ts";

const env = (name: string) => Deno.env.get(name);
serveCalls(globalThis as unknown as CallPort, {
  tools: [echo],
  engines: createEngines(loadAsset),
  env,
  openWorkspace: (root) => openWorkspace(root, { confined: true }),
  createCapabilities: (root) => createCapabilities({ cwd: root, env }),
});
