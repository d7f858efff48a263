import type { App } from "../cli/app.ts";
import { laneOf } from "../server/limits/lane_of.ts";
import { type CallPool, createCallPool } from "./call_pool.ts";
import { CALLS } from "./serve_calls.ts";

/** Workers for quick calls at most; they have nothing to wait for. Each holds its own engines. */
const MOST_QUICK = 4;
/** Quick calls that wait at each of them. */
const AHEAD = 2;

/**
 * Workers for the calls of tools. None starts before a call. Long calls have workers of their own,
 * so that quick ones never wait for them.
 *
 * @param root the folder that is the workspace of calls which name none
 * @param concurrent long calls that run at once
 */
export function startCalls(
  { workerUrl, tools }: Pick<App, "workerUrl" | "tools">,
  root: string,
  concurrent = 5,
): CallPool {
  const spawn = () => new Worker(workerUrl, { type: "module", name: CALLS });
  const quick = {
    spawn,
    root,
    size: Math.min(navigator.hardwareConcurrency, MOST_QUICK),
    ahead: AHEAD,
  };
  const pools = {
    quick: createCallPool(quick),
    long: createCallPool({ spawn, root, size: concurrent }),
  };
  const entries = new Map(tools.map((tool) => [tool.name, tool]));
  return {
    call: (name, args, options) => pools[laneOf(entries.get(name), args)].call(name, args, options),
    close: () => Object.values(pools).forEach((pool) => pool.close()),
  };
}
