import { colorDiff } from "../diff_text.ts";
import { countOf } from "../style.ts";
import { breakRows } from "./styled_text.ts";

export interface DiffOptions {
  /** Of the terminal. */
  columns: number;
  color: boolean;
  /** More lines of the diff are counted only. @default 60 */
  maxLines?: number;
}

/** A longer line of a diff is data: nobody reads it. */
const MAX_LINE = 1000;

/** A unified diff as rows of a terminal: safe, in colours, as wide as there is room, and not too long. */
export function renderDiff(diff: string, options: DiffOptions): string[] {
  const { columns, color, maxLines = 60 } = options;
  const lines = diff.replace(/\n$/, "").split("\n");
  const shown = lines.slice(0, maxLines).map(shorten).join("\n");
  const rows = colorDiff(shown, { color, isTerminal: true }).split("\n")
    .flatMap((line) => breakRows(line, columns));
  const more = lines.length - maxLines;
  return more > 0 ? [...rows, `… ${countOf(more, "more line")}`] : rows;
}

function shorten(line: string): string {
  const text = line.replace(/\r$/, "").replaceAll("\t", "    ");
  if (text.length <= MAX_LINE) return text;
  return `${text.slice(0, MAX_LINE)} … ${countOf(text.length - MAX_LINE, "more character")}`;
}
