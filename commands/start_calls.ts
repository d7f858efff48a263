import type { App } from "../cli/app.ts";
import { laneOf } from "../server/limits/lane_of.ts";
import { type CallPool, createCallPool } from "./call_pool.ts";
import { CALLS } from "./serve_calls.ts";

/** Workers for quick calls at most; each holds its own engines. */
const MOST_WORKERS = 4;
/** Workers for long calls at most; one that waits for a model has nothing else to do. */
const MOST_LONG = 16;

/**
 * Workers for the calls of tools, whose workspace is `root`. None starts before a call. Long calls
 * have workers of their own: a quick one never waits for one of them.
 *
 * @param concurrent calls of each lane that run at once
 */
export function startCalls(
  { workerUrl, tools }: Pick<App, "workerUrl" | "tools">,
  root: string,
  concurrent = 5,
): CallPool {
  const spawn = () => new Worker(workerUrl, { type: "module", name: CALLS });
  const cores = Math.min(navigator.hardwareConcurrency, MOST_WORKERS);
  const pools = {
    quick: createCallPool({ spawn, root, size: Math.min(concurrent, cores) }),
    long: createCallPool({ spawn, root, size: Math.min(concurrent, MOST_LONG) }),
  };
  return {
    call: (name, args, options) => {
      const lane = laneOf(tools.find((tool) => tool.name === name), args);
      return pools[lane].call(name, args, options);
    },
    close: () => Object.values(pools).forEach((pool) => pool.close()),
  };
}
