import { sanitizeLine } from "../../../cli/sanitize.ts";
import type { Palette } from "../../../cli/style.ts";
import { truncateEnd } from "../../../cli/width.ts";
import { oneLine } from "../../../config/one_line.ts";
import type { Call, PlanStep } from "../../../sessions/session.ts";

const MAX_ARGUMENT = 60;
const MAX_REASON = 200;

/** Arguments that say best what a step is about. */
const TELLING = ["path", "file", "files", "paths", "uri", "url", "query", "description", "name"];

/** `review_code src/app.py` */
export function stepTitle({ tool, arguments: args }: Pick<PlanStep, "tool" | "arguments">): string {
  const telling = TELLING.map((name) => args[name]).find((value) => shortText(value) !== "");
  return `${sanitizeLine(tool)} ${shortText(telling)}`.trimEnd();
}

function shortText(value: unknown): string {
  const text = Array.isArray(value)
    ? value.filter((one) => typeof one === "string").join(" ")
    : value;
  return typeof text === "string" ? sanitizeLine(oneLine(text, MAX_ARGUMENT)) : "";
}

/** `0.4 s`, `12 s`, `3 min`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  return seconds < 120 ? `${Math.floor(seconds)} s` : `${Math.floor(seconds / 60)} min`;
}

/** A step that runs: `⠙ review_code src/app.py  0.4 s, 3/12`. */
export function runningStep(
  step: PlanStep,
  { frame, ms, progress, palette }: {
    frame: string;
    ms: number;
    progress: string;
    palette: Palette;
  },
): string {
  const more = progress && `, ${sanitizeLine(oneLine(progress, MAX_ARGUMENT))}`;
  return `${palette.code(frame)} ${stepTitle(step)}  ${palette.quiet(duration(ms) + more)}`;
}

/** A step that has ended: `✓ review_code src/app.py  0.4 s`, and what went wrong. */
export function endedStep(call: Call, repaired: boolean, palette: Palette): string[] {
  const how = [duration(call.ms), ...(repaired ? ["second try"] : []), ...statusOf(call)];
  const line = `${markOf(call, palette)} ${stepTitle(call)}  ${palette.quiet(how.join(", "))}`;
  if (call.status !== "failed" && call.status !== "refused") return [line];
  const reason = oneLine(call.text, MAX_REASON);
  return reason
    ? [line, `  ${palette.quiet(truncateEnd(sanitizeLine(reason), MAX_REASON))}`]
    : [line];
}

function statusOf({ status }: Call): string[] {
  return status === "done" || status === "failed" ? [] : [status];
}

function markOf({ status }: Call, palette: Palette): string {
  if (status === "done") return palette.good("✓");
  return status === "failed" ? palette.severity.critical("✗") : palette.quiet("–");
}
