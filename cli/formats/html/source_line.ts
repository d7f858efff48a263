import { type Markup, markup } from "../../html/markup.ts";

/** Part of a line, from `from` up to `to`: 0-based, in UTF-16 units. */
export interface Part {
  from: number;
  to: number;
}

/** More of a line tells nothing, and a line may be a megabyte. */
const MOST = 240;
const BEFORE = 80;
const ELLIPSIS = "…";

/** A line of source with a part of it marked; of a long one, what is around the part. */
export function sourceLine(line: string, part?: Part): Markup {
  const { from, to } = part ?? { from: 0, to: 0 };
  const start = boundary(line, line.length <= MOST || from <= BEFORE ? 0 : from - BEFORE);
  const end = boundary(line, Math.min(line.length, start + MOST));
  const head = start > 0 && ELLIPSIS, tail = end < line.length && ELLIPSIS;
  if (!part) return markup`${head}${line.slice(start, end)}${tail}`;
  // An empty part is shown by the character that follows it, as a caret would.
  const last = Math.max(boundary(line, Math.min(to, end)), from + lengthAt(line, from));
  const marked = line.slice(from, last) || " ";
  return markup`${head}${line.slice(start, from)}<mark>${marked}</mark>${
    line.slice(last, end)
  }${tail}`;
}

/** The offset, or the one before it in the middle of a surrogate pair. */
function boundary(line: string, offset: number): number {
  return (line.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

/** Of the character at an offset. */
function lengthAt(line: string, offset: number): number {
  return (line.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
