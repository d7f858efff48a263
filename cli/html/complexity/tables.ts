import { LANGUAGES } from "../../../analysis/languages.ts";
import { rankCyclomatic } from "../../../analysis/python/cyclomatic.ts";
import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import type { FileTotals, LanguageTotals, PlacedFunction } from "../../complexity_tally.ts";
import { grouped } from "../../style.ts";
import { breakablePath, type Markup, markup } from "../markup.ts";
import { type HtmlColumn, htmlTable } from "../table.ts";
import { type FolderTotals, folderTotals } from "./folder_totals.ts";
import { isAbove, type Measure, type PageTally } from "./tally.ts";

/** As many files and folders a page lists. */
const MAX_ROWS = 500;

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
  const measure = (title: string, hint: string, key: Measure): HtmlColumn<PlacedFunction> => ({
    title,
    hint,
    numeric: true,
    cell: (one) =>
      isAbove(one, key, limits)
        ? markup`<span class="over">${grouped(one[key])}</span>`
        : grouped(one[key]),
  });
  const table = htmlTable<PlacedFunction>({
    id: "functions-table",
    caption: "Functions",
    filter: "Filter by name or file",
    sorted: { column: 2, order: "descending" },
    columns: [
      { title: "Function", class: "name", cell: (one) => linked(one, worst) },
      { title: "Rank", cell: ({ cyclomatic }) => rank(cyclomatic) },
      measure("Cyclomatic", "Cyclomatic complexity", "cyclomatic"),
      measure("Cognitive", "Cognitive complexity", "cognitive"),
      measure("Lines", "Length in lines", "length"),
      measure("Nesting", "Control structures inside one another", "nesting"),
      measure("Parameters", "Parameters", "parameters"),
      { title: "File", class: "place", cell: ({ path }) => breakablePath(path) },
      { title: "Line", numeric: true, cell: ({ line }) => line },
    ],
    rows: functions,
    choices: [{ label: "Language", of: ({ path }) => languages.get(path) ?? "" }],
    more: leftOut(
      functions.length,
      summary.functions,
      "functions",
      "devmcp complexity --format csv or --json has all",
    ),
  });
  return section("functions", "Functions", "The highest cyclomatic complexity first.", table);
}

/** With a link to its source, where that is shown. */
function linked(one: PlacedFunction, worst: readonly PlacedFunction[]): Markup | string {
  const index = worst.indexOf(one);
  return index < 0 ? one.name : markup`<a href="${`#worst-${index + 1}`}">${one.name}</a>`;
}

/** The files, those with the worst functions first. */
export function filesSection({ files }: PageTally): Markup {
  const rows = files.toSorted((a, b) => b.highest - a.highest || b.lines - a.lines)
    .slice(0, MAX_ROWS);
  const table = htmlTable<FileTotals>({
    id: "files-table",
    caption: "Files",
    filter: "Filter by name",
    sorted: { column: 1, order: "descending" },
    columns: [
      { title: "File", class: "name", cell: ({ path }) => breakablePath(path) },
      ...totalColumns<FileTotals>(),
      number("Cognitive", "Cognitive complexity of the whole file", ({ cognitive }) => cognitive),
      { title: "Language", cell: ({ language }) => LANGUAGES[language].title },
    ],
    rows,
    choices: [{ label: "Language", of: ({ language }) => LANGUAGES[language].title }],
    more: leftOut(rows.length, files.length, "files", "devmcp complexity --json has all"),
  });
  return section("files", "Files", "Those with the most complex functions first.", table);
}

/** The folders with all that is in them. */
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
      number("Files", "Files in it, at any depth", ({ files }) => files),
    ],
    rows,
    more: leftOut(rows.length, all.length, "folders", "the others have fewer lines"),
  });
  return section("folders", "Folders", "Each with what is in the folders in it.", table);
}

/** The languages, most lines first. */
export function languagesSection({ summary: { languages } }: PageTally): Markup | undefined {
  if (languages.length === 0) return undefined;
  const table = htmlTable<LanguageTotals>({
    id: "languages-table",
    caption: "Languages",
    filter: "Filter by name",
    sorted: { column: 3, order: "descending" },
    columns: [
      { title: "Language", cell: ({ language }) => LANGUAGES[language].title },
      number("Worst", "Highest cyclomatic complexity", (one) => one.highest_cyclomatic ?? "–"),
      number("Mean", "Mean of the functions", (one) => one.mean_cyclomatic?.toFixed(1) ?? "–"),
      number("Lines", "Lines", ({ lines }) => lines),
      number("Functions", "Functions", ({ functions }) => functions),
      number("Files", "Files", ({ files }) => files),
    ],
    rows: languages,
  });
  return section("languages", "Languages", "", table);
}

interface Totals {
  highest: number;
  cyclomaticOfFunctions: number;
  functions: number;
  lines: number;
}

function totalColumns<Row extends Totals>(): HtmlColumn<Row>[] {
  return [
    {
      ...number<Row>("Worst", "Highest cyclomatic complexity", ({ highest }) => highest),
      cell: ({ highest, functions }) =>
        functions === 0 ? "–" : markup`${grouped(highest)} ${rank(highest)}`,
    },
    number("Mean", "Mean cyclomatic complexity of the functions", (row) => meanOf(row)),
    number("Lines", "Lines", ({ lines }) => lines),
    number("Functions", "Functions", ({ functions }) => functions),
  ];
}

function meanOf({ cyclomaticOfFunctions, functions }: Totals): string {
  return functions === 0 ? "–" : (cyclomaticOfFunctions / functions).toFixed(1);
}

function number<Row>(
  title: string,
  hint: string,
  value: (row: Row) => number | string,
): HtmlColumn<Row> {
  const cell = (row: Row) => {
    const own = value(row);
    return typeof own === "number" ? grouped(own) : own;
  };
  return { title, hint, numeric: true, cell };
}

/** radon's letter, in its colour. */
export function rank(cyclomatic: number): Markup {
  const letter = rankCyclomatic(cyclomatic);
  return markup`<span class="rank r${"ABCDEF".indexOf(letter) + 1}">${letter}</span>`;
}

function section(id: string, title: string, lead: string, table: Markup): Markup {
  return markup`<section id="${id}">
<h2>${title}</h2>
${lead && markup`<p class="lead">${lead}</p>`}
${table}
</section>`;
}

function leftOut(shown: number, all: number, what: string, how: string): string {
  if (shown >= all) return "";
  return `The first ${grouped(shown)} of ${grouped(all)} ${what}; ${how}.`;
}
