import { breakablePath, type Markup } from "../markup.ts";
import { htmlTable } from "../table.ts";
import { type FolderTotals, folderTotals } from "./folder_totals.ts";
import type { PageTally } from "./page_tally.ts";
import { leftOut, MAX_ROWS, numberColumn, tableSection } from "./table_section.ts";
import { totalColumns } from "./total_columns.ts";

/** The folders with all that is in them; nothing for a single one. */
export function foldersSection({ files }: PageTally): Markup | undefined {
  const all = folderTotals(files);
  if (all.length < 2) return undefined;
  const rows = all.slice(0, MAX_ROWS);
  const table = htmlTable<FolderTotals>({
    id: "folders-table",
    caption: "Folders",
    filter: "Filter by name",
    sorted: { column: 3, order: "descending" },
    columns: [
      { title: "Folder", class: "name", cell: ({ path }) => breakablePath(path) },
      ...totalColumns<FolderTotals>(),
      numberColumn("Files", "Files in it, at any depth", ({ files }) => files),
    ],
    rows,
    more: leftOut(rows.length, all.length, "folders", "the others have fewer lines"),
  });
  return tableSection("folders", "Folders", "Each with what is in the folders in it.", table);
}
