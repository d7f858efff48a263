import { textWidth } from "../width.ts";
import { type Span, STYLE } from "./span.ts";
import { wrapSpans } from "./wrap_text.ts";

export type Align = "left" | "right" | "center";
export type TableRow = Span[][];

/** How a table is set: columns side by side, or, where there is no room, one below the other. */
export interface TableLayout {
  aligns: Align[];
  /** Columns of the terminal for each; undefined: stacked. */
  widths?: number[];
}

const GAP = 2;
/** A column narrower than this cannot be read. */
const MIN_WIDTH = 8;

/** Chooses widths for a table from its head and some of its rows. */
export function layOutTable(rows: TableRow[], aligns: Align[], room: number): TableLayout {
  const natural = aligns.map((_, i) => Math.max(1, ...rows.map((row) => rowWidth(row[i] ?? []))));
  const free = room - GAP * (natural.length - 1);
  const least = natural.map((width) => Math.min(width, MIN_WIDTH));
  if (sum(least) > free) return { aligns };
  return { aligns, widths: shrink(natural, least, free) };
}

function rowWidth(cell: Span[]): number {
  return Math.max(0, ...joined(cell).split("\n").map(textWidth));
}

function joined(spans: Span[]): string {
  return spans.map(({ text }) => text).join("");
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Lowers the widest columns to one common width. */
function shrink(natural: number[], least: number[], free: number): number[] {
  if (sum(natural) <= free) return natural;
  const cappedAt = (cap: number) =>
    natural.map((width, i) => Math.max(least[i]!, Math.min(width, cap)));
  let cap = MIN_WIDTH;
  while (sum(cappedAt(cap + 1)) <= free) cap++;
  return cappedAt(cap);
}

/** The head and the line below it; nothing when stacked. */
export function renderHead(head: TableRow, layout: TableLayout): Span[][] {
  if (!layout.widths) return [];
  const rule = layout.widths.map((width) => "─".repeat(width)).join(" ".repeat(GAP));
  return [...renderRow(head.map(strong), head, layout), [quiet(rule)]];
}

/** One row of a table as rows of the terminal. */
export function renderRow(row: TableRow, head: TableRow, layout: TableLayout): Span[][] {
  return layout.widths ? besideRows(row, layout.widths, layout.aligns) : stackedRows(row, head);
}

function besideRows(row: TableRow, widths: number[], aligns: Align[]): Span[][] {
  const cells = widths.map((width, i) => wrapSpans(row[i] ?? [], width).map(({ spans }) => spans));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, y) =>
    cells.flatMap((lines, i) => {
      const isLast = i === cells.length - 1;
      const cell = aligned(lines[y] ?? [], widths[i]!, aligns[i]!, isLast);
      return isLast ? cell : [...cell, plain(" ".repeat(GAP))];
    }));
}

function aligned(spans: Span[], width: number, align: Align, isLast: boolean): Span[] {
  const free = Math.max(0, width - textWidth(joined(spans)));
  const before = align === "right" ? free : align === "center" ? Math.floor(free / 2) : 0;
  const after = isLast ? 0 : free - before;
  return [plain(" ".repeat(before)), ...spans, plain(" ".repeat(after))];
}

/** `Name: value` for each column; the caller breaks what is too long, and sets rows apart. */
function stackedRows(row: TableRow, head: TableRow): Span[][] {
  return head.map((title, i) => {
    const label = joined(title).trim();
    return [...(label ? [...title, plain(": ")].map(bold) : []), ...row[i] ?? []];
  });
}

function strong(cell: Span[]): Span[] {
  return cell.map(bold);
}

function bold(span: Span): Span {
  return { ...span, style: span.style | STYLE.strong };
}

function plain(text: string): Span {
  return { text, style: 0, at: 0 };
}

function quiet(text: string): Span {
  return { text, style: STYLE.quiet, at: 0 };
}

const DELIMITER = /^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$/;

/** Alignments if a line is the one below a table's head, else nothing. */
export function parseDelimiter(line: string): Align[] | undefined {
  if (!line.includes("|") || !DELIMITER.test(line)) return undefined;
  return splitRow(line).map((cell) => {
    const right = cell.endsWith(":");
    return right ? cell.startsWith(":") ? "center" : "right" : "left";
  });
}

/** More columns are not looked at. */
const MAX_COLUMNS = 50;

/** The cells of a line; `\|` is no border. */
export function splitRow(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/, MAX_COLUMNS)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
