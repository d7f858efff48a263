import { elementsOf } from "./json_spans.ts";
import type { CodeCell } from "./parse_notebook.ts";

/** Gives the line of a notebook's file on which a line of a cell stands; both from 1. */
export type CellLines = (cell: number, line: number) => number;

/** Tells the lines of a file, JSON, from the lines of its cells. */
export function createCellLines(text: string, cells: readonly CodeCell[]): CellLines {
  const byCell = new Map<number, number[]>();
  return (number, line) => {
    const cell = cells.find((cell) => cell.number === number);
    if (!cell) return 1;
    const lines = byCell.get(number) ?? linesOf(text, cell);
    byCell.set(number, lines);
    return lines[Math.min(line, lines.length) - 1] ?? 1;
  };
}

/** An element may hold several lines, or a part of one; a string holds all. */
function linesOf(text: string, { span }: CodeCell): number[] {
  const starts = text[span.start] === "[" ? [...elementsOf(text, span.start)] : [span];
  let line = lineAt(text, span.start), at = span.start;
  const lines: number[] = [];
  let startsLine = true;
  for (const { start, end } of starts) {
    line += endings(text.slice(at, start));
    at = start;
    const held = (JSON.parse(text.slice(start, end)) as string).split(/\r\n|\r|\n/);
    if (startsLine) lines.push(line);
    for (let more = 1; more < held.length - 1; more++) lines.push(line);
    startsLine = held.length > 1 && held.at(-1) === "";
    if (held.length > 1 && !startsLine) lines.push(line);
  }
  return lines.length > 0 ? lines : [line];
}

function lineAt(text: string, offset: number): number {
  return 1 + endings(text.slice(0, offset));
}

function endings(text: string): number {
  return text.match(/\n/g)?.length ?? 0;
}
