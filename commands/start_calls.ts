import type { App } from "../cli/app.ts";
import { type CallPool, createCallPool } from "./call_pool.ts";
import { CALLS } from "./serve_calls.ts";

/** Workers at most; each holds its own engines. */
const MOST_WORKERS = 4;

/** A pool of workers for the calls of tools, whose workspace is `root`. None starts before a call. */
export function startCalls({ workerUrl }: Pick<App, "workerUrl">, root: string): CallPool {
  return createCallPool({
    spawn: () => new Worker(workerUrl, { type: "module", name: CALLS }),
    root,
    size: Math.min(navigator.hardwareConcurrency, MOST_WORKERS),
  });
}
