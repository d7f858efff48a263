import type { PlanStep } from "../../sessions/session.ts";
import { addNotice } from "../add_notice.ts";
import { fingerprint } from "./approve.ts";
import { boundResult } from "./bound_result.ts";
import type { Emit } from "../events.ts";
import type { ToolInfo, ToolResult } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** Between two reports of a step; a tool may send thousands: milliseconds. */
const REPORT_MS = 50;
/** Of a tool's own words about its progress, in UTF-16 code units. */
const MOST_MESSAGE = 200;

export interface CallToolOptions {
  /** Gets the tool's own work, which may go on for a moment after the turn was stopped. */
  onCalled?(work: Promise<unknown>): void;
}

export interface ToolCall {
  /** As it was when the call was agreed to. */
  tool: ToolInfo;
  step: PlanStep;
  arguments: Record<string, unknown>;
}

/**
 * Calls a tool for a step; its result is bounded. A tool that is not the one that was agreed to is
 * not called.
 *
 * @throws the reason of the turn's signal
 */
export async function callTool(
  call: ToolCall,
  state: TurnState,
  { onCalled }: CallToolOptions = {},
): Promise<ToolResult> {
  const { tool, step, arguments: args } = call;
  const { toolbox, emit } = state.world;
  const now = toolbox.list().find(({ name }) => name === tool.name);
  if (!now) return { ok: false, text: `Cannot call "${tool.name}": it is no longer there` };
  if (fingerprint(now) !== fingerprint(tool)) {
    return { ok: false, text: `Cannot call "${tool.name}": it was changed in the meantime` };
  }
  const options = { signal: state.signal, onProgress: reportProgress(step, emit) };
  const given = await state.waitFor(() => {
    const work = toolbox.call(tool.name, args, options);
    onCalled?.(work);
    return work;
  });
  const { result, left } = boundResult(given);
  if (left.length > 0) {
    addNotice(`Not kept of ${step.id}, too large: ${left.slice(0, 5).join(", ")}`, state);
  }
  return result;
}

function reportProgress({ id }: PlanStep, emit: Emit) {
  let last = -Infinity;
  return (done: number, total: number | undefined, message?: string) => {
    const now = performance.now();
    if (now - last < REPORT_MS) return;
    last = now;
    emit({
      type: "step_progress",
      step: id,
      done,
      ...total === undefined ? {} : { total },
      ...message === undefined ? {} : { message: message.slice(0, MOST_MESSAGE) },
    });
  };
}
