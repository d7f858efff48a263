import { isPlain } from "../sanitize.ts";
import { characterWidth } from "../width.ts";

/** Text that is safe for a terminal, with "Select Graphic Rendition" sequences (ECMA-48) in it. */

// deno-lint-ignore no-control-regex
const PARTS = /\x1b\[[\d;]*m|[^\x1b]+|\x1b/g;
const RESET = "\x1b[0m";

/** What each code turns off or replaces: bold and dim go together, as do all colours. */
function groupOf(code: number): number {
  if (code === 1 || code === 2 || code === 22) return 22;
  if (code >= 3 && code <= 9) return code + 20;
  return code >= 30 && code <= 39 || code >= 90 && code <= 97 ? 39 : code;
}

/** The sequences in effect after a text, as one string; empty when it ends as it began. */
export function styleAfter(text: string): string {
  if (!text.includes("\x1b")) return "";
  const active = new Map<number, string>();
  for (const [part] of text.matchAll(PARTS)) if (part.startsWith("\x1b[")) apply(active, part);
  return [...active.values()].join("");
}

function apply(active: Map<number, string>, sequence: string): void {
  for (const code of sequence.slice(2, -1).split(";").map(Number)) {
    const group = groupOf(code);
    if (code === 0) active.clear();
    else if (group === code) active.delete(group);
    // Bold and dim can be on together.
    else active.set(group, (group === 22 ? active.get(22) ?? "" : "") + `\x1b[${code}m`);
  }
}

/** The text, with a reset at its end if anything is still on. */
export function closed(text: string): string {
  return styleAfter(text) === "" ? text : text + RESET;
}

/** Columns that styled text takes. */
export function styledWidth(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const [part] of text.matchAll(PARTS)) {
    if (part.startsWith("\x1b")) continue;
    for (const character of part) width += characterWidth(character);
  }
  return width;
}

/** Breaks a line where the columns end, whatever stands there; each row stands for itself. */
export function breakRows(text: string, columns: number): string[] {
  if (text.length <= columns && isPlain(text)) return [text];
  const rows: string[] = [];
  let [row, width] = ["", 0];
  for (const [part] of text.matchAll(PARTS)) {
    if (part.startsWith("\x1b")) {
      row += part;
      continue;
    }
    for (const character of part) {
      const wide = characterWidth(character);
      if (width + wide > columns && width > 0) {
        rows.push(closed(row));
        [row, width] = [styleAfter(row), 0];
      }
      row += character;
      width += wide;
    }
  }
  return [...rows, closed(row)];
}

/** The start of a line that fits into the columns. */
export function cutRow(text: string, columns: number): string {
  if (text.length <= columns && isPlain(text)) return text;
  return breakRows(text, columns)[0]!;
}
