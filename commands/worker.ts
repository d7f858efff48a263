/** The entry point of workers: each composes its own engines, and does jobs or answers calls. */
import { createEngines } from "../analysis/engines.ts";
import { isCoreLost } from "../analysis/syntax/lost_core.ts";
import { loadAsset } from "../assets/load.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { type Job, runJob } from "./jobs.ts";
import { serveJobs } from "./pool.ts";
import { type CallPort, CALLS, serveCalls } from "./serve/serve_calls.ts";
import { tools } from "../tools/mod.ts";
import { createCapabilities } from "./capabilities.ts";

const engines = createEngines(loadAsset);
const env = (name: string) => Deno.env.get(name);

// Workers for jobs are those of node:worker_threads: they have neither a name nor `self`.
if ((globalThis as { name?: string }).name === CALLS) {
  serveCalls(globalThis as unknown as CallPort, {
    tools,
    engines,
    env,
    isSpent: isCoreLost,
    openWorkspace: (root) => openWorkspace(root, { confined: true }),
    createCapabilities: (root) => createCapabilities({ cwd: root, env }),
  });
} else {
  const cwd = Deno.cwd();
  const context = { ...createCapabilities({ cwd, env }), engines, workspace: openWorkspace(cwd) };
  serveJobs((job: Job) => runJob(job, context), isCoreLost);
}
