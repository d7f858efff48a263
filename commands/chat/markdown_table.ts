import { oneLine } from "../../config/one_line.ts";

/** Of one cell; longer ones are cut. */
const MAX_CELL = 300;

/** A table in Markdown; what is in a cell cannot leave it. */
export function markdownTable(titles: string[], rows: (string | number)[][]): string {
  const line = (cells: (string | number)[]) => `| ${cells.map(toCell).join(" | ")} |`;
  return [line(titles), `|${titles.map(() => " --- |").join("")}`, ...rows.map(line)].join("\n");
}

function toCell(cell: string | number): string {
  return oneLine(String(cell), MAX_CELL).replace(/[\\|]/g, "\\$&");
}
