import { isPlain } from "../sanitize.ts";
import { characterWidth } from "../width.ts";
import { closed, styleAfter } from "./styled_text.ts";

// deno-lint-ignore no-control-regex
const PARTS = /\x1b\[[\d;]*m|[^\x1b]|\x1b/gu;
// deno-lint-ignore no-control-regex
const STYLES = /\x1b\[[\d;]*m/g;
/** What the rows after the first stand behind: blanks, and the mark or the number of a line. */
const INDENT = /^ *(?:(?:[^\p{L}\p{N}\s]|\d{1,3}\.) )?/u;

/** A row as it grows, and where in it a word last ended. */
interface Open {
  row: string;
  width: number;
  breakAt: number;
  breakWidth: number;
}

/**
 * Breaks a styled line between its words, and, where one is longer than the room, within it. The
 * rows after the first stand behind the same indent; each row stands for itself.
 */
export function wrapRows(text: string, columns: number): string[] {
  if (text.length <= columns && isPlain(text)) return [text];
  const mark = INDENT.exec(text.replace(STYLES, ""))![0].length;
  const indent = mark * 3 <= columns ? " ".repeat(mark) : "";
  const rows: string[] = [];
  let open: Open = { row: "", width: 0, breakAt: -1, breakWidth: 0 };
  for (const [part] of text.matchAll(PARTS)) {
    const wide = part.startsWith("\x1b") ? 0 : characterWidth(part);
    const start = rows.length > 0 ? indent.length : mark;
    // A second time where the word that moved down has no room there for its next character.
    while (open.width + wide > columns && open.width > 0) {
      const { row, rest } = cut(open, part);
      rows.push(closed(withoutBlanks(row)));
      open = begin(styleAfter(row), rest, open, indent);
    }
    if (part === " " && rows.length > 0 && open.width === indent.length) continue;
    open.row += part;
    open.width += wide;
    if (part === " " && open.width > start) {
      [open.breakAt, open.breakWidth] = [open.row.length, open.width];
    }
  }
  return [...rows, closed(open.row)];
}

/** @param next what has no room any more */
function cut({ row, breakAt }: Open, next: string): { row: string; rest: string } {
  if (breakAt < 0 || next === " ") return { row, rest: "" };
  return { row: row.slice(0, breakAt), rest: row.slice(breakAt) };
}

function begin(style: string, rest: string, { width, breakWidth }: Open, indent: string): Open {
  const taken = rest === "" ? 0 : width - breakWidth;
  return { row: style + indent + rest, width: indent.length + taken, breakAt: -1, breakWidth: 0 };
}

/** Blanks before the break are not needed any more; styles behind them are. */
function withoutBlanks(row: string): string {
  // deno-lint-ignore no-control-regex
  return row.replace(/ +((?:\x1b\[[\d;]*m)*)$/, "$1");
}
