import type { Position } from "../analysis/issue.ts";
import { layOutLine, layOutPlainLine } from "./line_window.ts";
import type { Paint } from "./style.ts";

/** A part of a text: 1-based, columns in UTF-16 code units, `end` exclusive. */
export interface Span {
  line: number;
  column: number;
  end: Position;
}

export interface ExcerptStyle {
  columns: number;
  /** For line numbers and the gutter. */
  quiet: Paint;
  /** For what marks the span. */
  mark: Paint;
  /** What is said below the excerpt, and also without one; one line each. */
  notes?: string[];
}

/** Gives a line by its 1-based number, in a notebook that of a cell, without its line ending. */
export type LineAt = (line: number, cell?: number) => string | undefined;

const CONTEXT = 1;
/** Longer spans show their first lines and their last. */
const SHOWN_LINES = 5;
const SHOWN_FIRST = 3;
const MIN_ROOM = 10;

/**
 * A span with the lines around it, numbered, and marked by carets under it:
 *
 *        |
 *     12 | import os, sys
 *        |        ^^
 *
 * A span over several lines has a bar at its left. Only the notes when the lines are not there.
 */
export function renderExcerpt(span: Span, lineAt: LineAt, style: ExcerptStyle): string[] {
  const { line, column } = span;
  const first = lineAt(line);
  if (first === undefined || column > first.length + 1) return withGutter([], style);
  const end = lastPosition(span, lineAt);
  const single = end.line <= line;
  const digits = `${end.line + CONTEXT}`.length;
  const room = Math.max(MIN_ROOM, style.columns - digits - 3 - (single ? 0 : 2));
  const rows = [
    ...contextRows(line - CONTEXT, line - 1, lineAt, room, single ? "" : "  "),
    ...single
      ? markOneLine(first, { line, column, end }, room, style.mark)
      : markManyLines({ line, column, end }, lineAt, room, style.mark),
    ...contextRows(end.line + 1, end.line + CONTEXT, lineAt, room, single ? "" : "  "),
  ];
  return withGutter([["", ""], ...rows], style);
}

function withGutter(rows: Row[], { quiet, notes = [] }: ExcerptStyle): string[] {
  const digits = Math.max(1, ...rows.map(([label]) => label.length));
  return [
    ...rows.map(([label, text]) => `${quiet(`${label.padStart(digits)} |`)} ${text}`.trimEnd()),
    ...notes.map((note) => `${quiet(`${" ".repeat(digits)} =`)} ${note}`),
  ];
}

/** The lines around the span; blank ones tell nothing. */
function contextRows(
  from: number,
  to: number,
  lineAt: LineAt,
  room: number,
  indent: string,
): Row[] {
  return numbersFrom(Math.max(1, from), to).flatMap((n): Row[] => {
    const text = withoutReturn(lineAt(n) ?? "");
    return text.trim() === "" ? [] : [[`${n}`, indent + layOutPlainLine(text, room)]];
  });
}

type Row = [label: string, text: string];

function markOneLine(text: string, { line, column, end }: Span, room: number, mark: Paint): Row[] {
  const window = layOutLine(withoutReturn(text), column - 1, end.column - 1, room);
  return [
    [`${line}`, window.text],
    ["", " ".repeat(window.start) + mark("^".repeat(window.width))],
  ];
}

function markManyLines(span: Span, lineAt: LineAt, room: number, mark: Paint): Row[] {
  const { line, column, end } = span;
  const first = withoutReturn(lineAt(line) ?? "");
  const opening = layOutLine(first, column - 1, column, room);
  const atIndent = first.slice(0, column - 1).trim() === "";
  const rows: Row[] = atIndent
    ? [[`${line}`, `${mark("/")} ${layOutPlainLine(first, room)}`]]
    : [[`${line}`, `  ${opening.text}`], ["", mark(` ${"_".repeat(opening.start + 1)}^`)]];
  const shown = shownLines(line + 1, end.line);
  for (const n of shown) {
    const text = n === undefined ? "..." : layOutPlainLine(withoutReturn(lineAt(n) ?? ""), room);
    rows.push([n === undefined ? "" : `${n}`, `${mark("|")} ${text}`]);
  }
  const last = withoutReturn(lineAt(end.line) ?? "");
  const closing = layOutLine(last, Math.max(0, end.column - 2), end.column - 1, room);
  const visible = closing.text.startsWith("…") ? room - 2 : closing.start + closing.width - 1;
  return [...rows, ["", mark(`|${"_".repeat(visible + 1)}^`)]];
}

function shownLines(from: number, to: number): (number | undefined)[] {
  if (to - from < SHOWN_LINES) return numbersFrom(from, to);
  return [...numbersFrom(from, from + SHOWN_FIRST - 1), undefined, to];
}

function numbersFrom(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** The end of the span, or the end of the line before when it ends at a line's very start. */
function lastPosition({ line, column, end }: Span, lineAt: LineAt): Position {
  if (end.line <= line) return { line, column: Math.max(end.column, column) };
  if (end.column > 1) return end;
  const before = lineAt(end.line - 1) ?? "";
  return { line: end.line - 1, column: withoutReturn(before).length + 1 };
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
