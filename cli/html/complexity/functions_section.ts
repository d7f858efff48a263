import { LANGUAGES } from "../../../analysis/languages.ts";
import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import type { PlacedFunction } from "../../complexity_tally.ts";
import { grouped } from "../../style.ts";
import { breakablePath, type Markup, markup } from "../markup.ts";
import { type HtmlColumn, htmlTable } from "../table.ts";
import { isAbove, MEASURES } from "./measures.ts";
import type { PageTally } from "./page_tally.ts";
import { renderRank } from "./rank.ts";
import { leftOut, tableSection } from "./table_section.ts";

/**
 * The functions with the highest complexity.
 *
 * @param worst those whose source is shown
 */
export function functionsSection(
  { functions, summary, files }: PageTally,
  limits: ComplexityLimits,
  worst: readonly PlacedFunction[],
): Markup {
  const languages = new Map(files.map(({ path, language }) => [path, LANGUAGES[language].title]));
  const how = "devmcp complexity --format csv or --json has all";
  const table = htmlTable<PlacedFunction>({
    id: "functions-table",
    caption: "Functions",
    filter: "Filter by name or file",
    sorted: { column: 2, order: "descending" },
    columns: columnsOf(limits, worst),
    rows: functions,
    choices: [{ label: "Language", of: ({ path }) => languages.get(path) ?? "" }],
    more: leftOut(functions.length, summary.functions, "functions", how),
  });
  return tableSection("functions", "Functions", "The highest cyclomatic complexity first.", table);
}

function columnsOf(
  limits: ComplexityLimits,
  worst: readonly PlacedFunction[],
): HtmlColumn<PlacedFunction>[] {
  return [
    { title: "Function", class: "name", cell: (one) => linked(one, worst) },
    { title: "Rank", cell: ({ cyclomatic }) => renderRank(cyclomatic) },
    ...measureColumns(limits),
    { title: "File", class: "place", cell: ({ path }) => breakablePath(path) },
    { title: "Line", numeric: true, cell: ({ line }) => line },
  ];
}

/** What is above its limit stands out. */
function measureColumns(limits: ComplexityLimits): HtmlColumn<PlacedFunction>[] {
  return MEASURES.map(({ key, title, hint }) => ({
    title,
    hint,
    numeric: true,
    cell: (one) =>
      isAbove(one, key, limits)
        ? markup`<span class="over">${grouped(one[key])}</span>`
        : grouped(one[key]),
  }));
}

/** With a link to its source, where that is shown. */
function linked(one: PlacedFunction, worst: readonly PlacedFunction[]): Markup | string {
  const index = worst.indexOf(one);
  return index < 0 ? one.name : markup`<a href="${`#worst-${index + 1}`}">${one.name}</a>`;
}
