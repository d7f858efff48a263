import type { Issue } from "../../analysis/issue.ts";

/** Where an issue lies in the file as programs see it. */
export interface PlaceInFile {
  line: number;
  endLine: number;
  /** Both absent in a notebook, whose cells are strings in JSON. */
  column?: number;
  /** Exclusive. */
  endColumn?: number;
}

/** Of a notebook, the line of the file on which the cell's line is written. */
export function placeInFile({ line, column, end, cell, fileLine = 1 }: Issue): PlaceInFile {
  if (cell !== undefined) return { line: fileLine, endLine: fileLine };
  return { line, column, endLine: Math.max(line, end.line), endColumn: end.column };
}
