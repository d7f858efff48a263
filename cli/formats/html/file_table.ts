import { SEVERITIES, type Severity } from "../../../analysis/issue.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { type HtmlColumn, htmlTable } from "../../html/table.ts";
import { countAll } from "../../review_summary.ts";
import { countOf, grouped } from "../../style.ts";
import { rankOf } from "./overview.ts";
import type { FileRow } from "./report_tally.ts";

/**
 * The files with findings.
 *
 * @param all how many there are
 * @param isShown whether some of a file's findings are in the page
 */
export function renderFiles(
  rows: FileRow[],
  all: number,
  isShown: (row: FileRow) => boolean,
): Markup {
  const table = htmlTable<FileRow>({
    id: "files",
    caption: "Files with findings",
    filter: "Filter files",
    columns: columnsOf(isShown),
    choices: [{ label: "Language", of: ({ language }) => language }],
    rows,
    more: all > rows.length
      ? `and ${countOf(all - rows.length, "more file")} with less severe findings`
      : undefined,
  });
  return markup`<section aria-labelledby="files-title"><h2 id="files-title">Files</h2>
${table}</section>`;
}

function columnsOf(isShown: (row: FileRow) => boolean): HtmlColumn<FileRow>[] {
  return [
    {
      title: "File",
      cell: (row) => isShown(row) ? markup`<a href="#${row.id}">${row.path}</a>` : row.path,
      class: "name",
    },
    { title: "Findings", cell: ({ counts }) => grouped(countAll(counts)), numeric: true },
    ...SEVERITIES.map(severityColumn),
    { title: "Lines", cell: ({ lines }) => grouped(lines), numeric: true },
    {
      title: "Score",
      cell: ({ score }) => markup`<span class="score ${rankOf(score)}">${score}</span>`,
      numeric: true,
    },
    { title: "Language", cell: ({ language }) => language, class: "word" },
  ];
}

function severityColumn(severity: Severity): HtmlColumn<FileRow> {
  return {
    title: severity[0]!.toUpperCase() + severity.slice(1),
    cell: ({ counts }) => counts[severity] > 0 ? grouped(counts[severity]) : "",
    sort: ({ counts }) => counts[severity],
    numeric: true,
  };
}
