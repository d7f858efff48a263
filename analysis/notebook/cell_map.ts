import type { Position } from "../issue.ts";
import type { CodeCell } from "./parse_notebook.ts";

/** A place in a notebook. */
export interface CellPosition {
  cell: CodeCell;
  position: Position;
}

/** Cells as one module, and where its lines come from. */
export interface JoinedCells {
  text: string;
  /** Undefined past the end. A position behind the end of a cell is its end. */
  locate(position: Position): CellPosition | undefined;
}

/** Joins texts of cells, each with a line ending, as Ruff does. */
export function joinCells(cells: readonly CodeCell[], texts: readonly string[]): JoinedCells {
  const starts: number[] = [];
  let line = 1;
  for (const text of texts) {
    starts.push(line);
    line += text.split(/\r\n|\r|\n/).length;
  }
  return {
    text: texts.map((text) => `${text}\n`).join(""),
    locate({ line, column }) {
      const index = starts.findLastIndex((start) => start <= line);
      const cell = cells[index];
      return cell && { cell, position: { line: line - starts[index]! + 1, column } };
    },
  };
}

/** The end of a cell. */
export function endOfCell({ source }: CodeCell): Position {
  const lines = source.split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
