import type { App } from "../../cli/app.ts";
import { laneOf } from "../../server/limits/lane_of.ts";
import { type CallPool, createCallPool } from "./call_pool.ts";
import { createInstantCalls, type InstantCalls } from "./instant_calls.ts";
import { CALLS } from "../serve/serve_calls.ts";

/** Workers for quick calls at most; they have nothing to wait for. Each holds its own engines. */
const MOST_QUICK = 4;
/** Quick calls that wait at each of them. */
const AHEAD = 2;

/** The calls of tools, wherever each is made. */
export interface Calls extends CallPool, Pick<InstantCalls, "callInstant"> {}

/**
 * Workers for the calls of tools. None starts before a call. Long calls have workers of their own,
 * so that quick ones never wait for them; instant tools are called without one.
 *
 * @param root the folder that is the workspace of calls which name none
 * @param concurrent long calls that run at once
 */
export function startCalls(
  { workerUrl, tools }: Pick<App, "workerUrl" | "tools">,
  root: string,
  concurrent = 5,
): Calls {
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
  const instant = createInstantCalls();
  return {
    call(name, args, options) {
      const tool = entries.get(name);
      if (tool?.instant) return instant.call(tool, args, options);
      return pools[laneOf(tool, args)].call(name, args, options);
    },
    callInstant: instant.callInstant,
    close: () => Object.values(pools).forEach((pool) => pool.close()),
  };
}
