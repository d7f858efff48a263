import type { ApprovalRequest } from "../../../agent/person.ts";
import { type DiffOptions, renderDiff } from "../../../cli/terminal/diff_view.ts";
import { sanitizeLine } from "../../../cli/sanitize.ts";
import { countOf, paletteOf } from "../../../cli/style.ts";
import { oneLine } from "../../../config/one_line.ts";
import type { PlanStep } from "../../../sessions/session.ts";
import { stepTitle } from "./step_line.ts";

const MAX_ARGUMENTS = 12;
const MAX_VALUE = 300;
const INDENT = "  ";

const WANTS: Record<ApprovalRequest["tool"]["effect"], string> = {
  free: "wants to run",
  writes: "wants to write files",
  runs: "wants to run programs",
  foreign: "is a tool of another server, and wants to run",
};

/** What is to be agreed to: the tool, all it is given, and what it would change. */
export function approvalLines(
  { tool, arguments: args, diff }: ApprovalRequest,
  { color, columns }: Pick<DiffOptions, "color" | "columns">,
): string[] {
  const palette = paletteOf({ color });
  const rows = diff ? renderDiff(diff, { color, columns: columns - INDENT.length }) : [];
  const name = palette.strong(sanitizeLine(tool.name));
  return [
    `${palette.severity.major("?")} ${name} ${WANTS[tool.effect]}`,
    ...[...argumentLines(args, diff !== undefined), ...rows].map((line) => INDENT + line),
  ];
}

/** @param hasDiff the text to be written is shown by it */
function argumentLines(args: Record<string, unknown>, hasDiff: boolean): string[] {
  const isShown = (value: unknown) =>
    !hasDiff || typeof value !== "string" || !value.includes("\n");
  const all = Object.entries(args).filter(([, value]) => isShown(value)).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
    const size = text.length > MAX_VALUE ? ` (${text.length} characters)` : "";
    return sanitizeLine(`${oneLine(name, 60)}: ${oneLine(text, MAX_VALUE)}${size}`);
  });
  const left = all.length - MAX_ARGUMENTS;
  return left > 0 ? [...all.slice(0, MAX_ARGUMENTS), `… ${countOf(left, "more argument")}`] : all;
}

/** The steps of a plan, numbered: `1. review_code src/app.py (find problems)`. */
export function planLines(steps: PlanStep[]): string[] {
  return steps.map((step, i) => {
    const purpose = saysMore(step) ? ` (${sanitizeLine(oneLine(step.purpose, 100))})` : "";
    return `  ${i + 1}. ${stepTitle(step)}${purpose}`;
  });
}

/** Whether the purpose is another one than the tool's name has said already. */
function saysMore({ tool, purpose }: PlanStep): boolean {
  return purpose !== "" && !purpose.toLowerCase().startsWith(tool.replaceAll("_", " "));
}
