import { oneLine } from "../../config/one_line.ts";
import type { StepOutcome } from "../execute/run_step.ts";

/** What is not shown as a result of its own: what failed and was done otherwise, what was there already. */
function isShown({ isRepeated, isReplaced }: StepOutcome): boolean {
  return !isRepeated && !isReplaced;
}

/**
 * The steps' own results as an answer, Markdown: each under a heading when there are several, then a
 * line for each that came to nothing.
 */
export function renderResults(outcomes: StepOutcome[]): string {
  const shown = outcomes.filter(isShown);
  const done = shown.filter(({ result }) => result);
  const parts = shown.length === 1
    ? done.map(({ text }) => text.trim())
    : done.map((outcome) => `# ${titleOf(outcome)}\n\n${outcome.text.trim()}`);
  const lines = shown.filter(({ result }) => !result).map(lineOf);
  return [...parts, lines.join("\n")].filter((part) => part !== "").join("\n\n");
}

function titleOf({ step }: StepOutcome): string {
  const title = oneLine(step.purpose, 100) || oneLine(step.tool, 100);
  return title.replace(/^\p{Ll}/u, (first) => first.toUpperCase());
}

/** The honest line of a step that gave nothing. */
export function lineOf(outcome: StepOutcome): string {
  const title = titleOf(outcome);
  const text = oneLine(outcome.text, 500);
  switch (outcome.status) {
    case "failed":
      return `- **Failed:** ${title}: ${text}`;
    case "refused":
      return `- **Not run:** ${title}: ${text.replace(/^Not run: /, "")}`;
    case "skipped":
      return `- **Skipped:** ${title}: ${text.replace(/^Skipped: /, "")}`;
    default:
      return `- **Stopped:** ${
        [title, text.replace(/^Stopped(?:: |$)/, "")].filter(Boolean).join(": ")
      }`;
  }
}

/** What the turn came to. */
export function statusOf(outcomes: StepOutcome[]): "done" | "failed" | "stopped" {
  const left = outcomes.filter((outcome) => isShown(outcome) && !outcome.result);
  if (left.some(({ status }) => status === "failed")) return "failed";
  return left.length > 0 ? "stopped" : "done";
}
