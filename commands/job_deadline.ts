import process from "node:process";
import { ToolError } from "../config/tool_error.ts";
import type { Crew } from "./pool_worker.ts";

/** How often is looked. */
const TICK_MS = 250;

/**
 * Abandons workers in the middle of a job that computes for longer than its limit. Only the
 * processors' time counts, as if all at work had the same of it: not that of a process that was
 * stopped, or on a machine with other things to do. Deno does not interrupt what an abandoned
 * worker computes: that goes on beside the others until it is done, or the process ends.
 *
 * @param computed the milliseconds that this process has computed
 * @returns what ends that
 */
export function keepDeadlines<Task>(
  crews: ReadonlySet<Crew<Task>>,
  limitMsOf: (task: Task) => number,
  computed: () => number = computedMs,
): () => void {
  let before = computed(), abandoned = 0;
  const look = () => {
    const now = computed(), atWork = [...crews].filter((crew) => crew.isAtWork());
    const share = Math.min((now - before) / (atWork.length + abandoned), TICK_MS);
    before = now;
    for (const crew of atWork) {
      const limitMs = limitMsOf(crew.tasks[0]!);
      crew.spentMs += share;
      if (crew.spentMs <= limitMs) continue;
      abandoned++;
      crew.abandon(tooLong(limitMs));
    }
  };
  const timer = setInterval(look, TICK_MS);
  return () => clearInterval(timer);
}

/** By all threads of this process. */
function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function tooLong(limitMs: number): ToolError {
  return new ToolError(`it takes longer than ${limitMs / 1000} s`);
}
