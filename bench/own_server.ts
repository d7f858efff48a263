/**
 * devmcp's own server, all of it, with one trivial tool instead of its own: what stands beside the SDK's
 * minimal server. `stdio`, or `http`.
 */
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import type { App } from "../cli/app.ts";
import { createOutput, readStdin } from "../cli/output.ts";
import { createCapabilities } from "../commands/capabilities.ts";
import { serveOverHttp } from "../commands/serve/serve_over_http.ts";
import { serveOverStdio } from "../commands/serve/serve_over_stdio.ts";
import { openTelemetry } from "../telemetry/open_telemetry.ts";
import schemas from "../tools/schemas.json" with { type: "json" };
import { openWorkspace } from "../workspace/workspace.ts";
import { echo, echoSchemas } from "./echo_tool.ts";

Object.assign(schemas, { echo: echoSchemas });

const cwd = Deno.cwd();
const env = (name: string) => Deno.env.get(name);
const stop = new AbortController();
Deno.addSignalListener("SIGTERM", () => stop.abort());

const app: App = {
  ...createCapabilities({ cwd, env }),
  version: "1.0.0",
  stdout: createOutput(Deno.stdout),
  stderr: createOutput(Deno.stderr),
  stdinIsTerminal: false,
  readStdin,
  cwd,
  env,
  signal: stop.signal,
  engines: createEngines(loadAsset),
  loadAsset,
  openWorkspace: (...options) => Promise.resolve(openWorkspace(...options)),
  workerUrl: new URL(
    Deno.build.standalone ? "./own_worker.js" : "./own_worker.ts",
    import.meta.url,
  ),
  tools: [echo],
  openTelemetry: (settings) =>
    openTelemetry(settings, {
      version: "1.0.0",
      env,
      writeError: (bytes) => Deno.stderr.write(bytes),
      say: (text) => console.error(text),
    }),
  exitCode: 0,
};

// Every request is logged and counted.
const flags = { logLevel: "info", metrics: true } as const;
if (Deno.args[0] === "http") await serveOverHttp(app, { ...flags, http: "127.0.0.1:0" });
else await serveOverStdio(app, flags);
Deno.exit(0);
