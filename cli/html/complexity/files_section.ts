import { LANGUAGES } from "../../../analysis/languages.ts";
import type { FileTotals } from "../../complexity_tally.ts";
import { breakablePath, type Markup } from "../markup.ts";
import { htmlTable } from "../table.ts";
import type { PageTally } from "./page_tally.ts";
import { leftOut, MAX_ROWS, numberColumn, tableSection } from "./table_section.ts";
import { totalColumns } from "./total_columns.ts";

/** The files, those with the worst functions first. */
export function filesSection({ files }: PageTally): Markup {
  const rows = files.toSorted((a, b) => b.highest - a.highest || b.lines - a.lines)
    .slice(0, MAX_ROWS);
  const hint = "Cognitive complexity of the whole file";
  const table = htmlTable<FileTotals>({
    id: "files-table",
    caption: "Files",
    filter: "Filter by name",
    sorted: { column: 1, order: "descending" },
    columns: [
      { title: "File", class: "name", cell: ({ path }) => breakablePath(path) },
      ...totalColumns<FileTotals>(),
      numberColumn("Cognitive", hint, ({ cognitive }) => cognitive),
      { title: "Language", cell: ({ language }) => LANGUAGES[language].title },
    ],
    rows,
    choices: [{ label: "Language", of: ({ language }) => LANGUAGES[language].title }],
    more: leftOut(rows.length, files.length, "files", "devmcp complexity --json has all"),
  });
  return tableSection("files", "Files", "Those with the most complex functions first.", table);
}
