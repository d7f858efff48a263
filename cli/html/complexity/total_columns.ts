import { grouped } from "../../style.ts";
import { markup } from "../markup.ts";
import type { HtmlColumn } from "../table.ts";
import { renderRank } from "./rank.ts";
import { numberColumn } from "./table_section.ts";

/** What the functions of a file or a folder amount to. */
interface Totals {
  highest: number;
  cyclomaticOfFunctions: number;
  functions: number;
  lines: number;
}

/** The columns that files and folders share. */
export function totalColumns<Row extends Totals>(): HtmlColumn<Row>[] {
  return [
    {
      ...numberColumn<Row>("Worst", "Highest cyclomatic complexity", ({ highest }) => highest),
      cell: ({ highest, functions }) =>
        functions === 0 ? "–" : markup`${grouped(highest)} ${renderRank(highest)}`,
    },
    numberColumn("Mean", "Mean cyclomatic complexity of the functions", (row) => meanOf(row)),
    numberColumn("Lines", "Lines", ({ lines }) => lines),
    numberColumn("Functions", "Functions", ({ functions }) => functions),
  ];
}

function meanOf({ cyclomaticOfFunctions, functions }: Totals): string {
  return functions === 0 ? "–" : (cyclomaticOfFunctions / functions).toFixed(1);
}
