import type { ServerConfig } from "../../config/config.ts";
import type { ServerLoad } from "../../config/server_events.ts";
import type { ToolEntry } from "../../tools/mod.ts";
import { BusyError, type CallGate } from "../call_gate.ts";
import type { Principal } from "../caller.ts";
import { CallLane } from "./call_lane.ts";
import { type Lane, laneOf } from "./lane_of.ts";
import { createRateLimit } from "./rate_limit.ts";

export interface CallGateOptions {
  limits: Pick<ServerConfig["limits"], "concurrent_calls" | "queued_calls" | "calls_per_minute">;
  tools: Pick<ToolEntry, "name" | "asksModel">[];
  /** Milliseconds of a clock that never goes back. @default performance.now */
  now?(): number;
}

/** A gate that tells what goes on behind it. */
export interface CountedGate extends CallGate {
  load(): Pick<ServerLoad, "running" | "queued">;
}

/** A gate by the configuration's limits, one for all clients of a process. */
export function createCallGate(options: CallGateOptions): CountedGate {
  const { limits, tools, now = () => performance.now() } = options;
  const { concurrent_calls: concurrent, queued_calls: queued } = limits;
  const lane = () => new CallLane({ concurrent, queued, now });
  const lanes: Record<Lane, CallLane> = { quick: lane(), long: lane() };
  const rate = createRateLimit({ perMinute: limits.calls_per_minute, now });

  const refusal = ({ id }: Principal, lane: Lane = "quick") => {
    const wait = rate.wait(id);
    return wait > 0 ? tooOften(wait) : lanes[lane].refusal(id);
  };
  return {
    laneOf: (name, args) => laneOf(tools.find((tool) => tool.name === name), args),
    refusal,
    count: ({ id }) => rate.take(id),
    run: async (principal, signal, work, lane = "quick") => {
      const refused = refusal(principal, lane);
      if (refused) throw refused;
      rate.take(principal.id);
      return await lanes[lane].run(principal.id, signal, work);
    },
    load: () => ({
      running: lanes.quick.running + lanes.long.running,
      queued: lanes.quick.waiting + lanes.long.waiting,
    }),
  };
}

function tooOften(wait: number): BusyError {
  const message = "Cannot take the call: too many from this client in the last minute";
  return new BusyError(message, "rate", Math.ceil(wait));
}
