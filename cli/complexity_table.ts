import { LANGUAGES } from "../analysis/languages.ts";
import {
  type ComplexitySummary,
  type ComplexityTally,
  type FileTotals,
  type LanguageTotals,
  type PlacedFunction,
  placeOf,
} from "./complexity_tally.ts";
import { wrap } from "./help.ts";
import { sanitizeLine } from "./sanitize.ts";
import { countOf, grouped, type Paint, type Palette, paletteOf, type TextStyle } from "./style.ts";
import { type Column, renderTable } from "./table.ts";

export interface ComplexityTableOptions extends TextStyle {
  /** Functions above this cyclomatic complexity stand out. */
  max?: number;
}

const WIDE = 110;
const NARROW = 64;
const MAX_FILES = 20;

/** The worst functions and then the worst files, as tables that fit the terminal. */
export function renderComplexity(tally: ComplexityTally, options: ComplexityTableOptions): string {
  const functions = tally.functions();
  const files = tally.files().slice(0, MAX_FILES);
  const { functions: allFunctions, files: allFiles, languages } = tally.summary();
  const palette = paletteOf(options);
  const style = { columns: options.columns, heading: palette.strong };
  return [
    functions.length > 0 &&
    renderTable(functions, functionColumns(options, palette), style) +
      leftOut(allFunctions - functions.length, "function", "--top 0 shows all", palette),
    files.length > 0 &&
    renderTable(files, fileColumns(options, palette), style) +
      leftOut(allFiles - files.length, "file", "--json has all", palette),
    languages.length > 1 && renderTable(languages, LANGUAGE_COLUMNS, style),
    renderUnmeasured(tally.notMeasured(), options, palette),
  ].filter(Boolean).join("\n");
}

function renderUnmeasured(
  { first, total }: ReturnType<ComplexityTally["notMeasured"]>,
  { columns }: TextStyle,
  { quiet }: Palette,
): string {
  const lines = first.map(({ path, reason }) =>
    wrap(sanitizeLine(`${path}: ${reason}`), columns - 2).join("\n  ")
  );
  const more = total - first.length;
  if (more > 0) lines.push(quiet(`and ${grouped(more)} more; --json has all`));
  return lines.map((line) => `${line}\n`).join("");
}

function leftOut(count: number, what: string, how: string, { quiet }: Palette): string {
  return count > 0 ? `${quiet(`${countOf(count, `more ${what}`)} not shown; ${how}`)}\n` : "";
}

function functionColumns(
  { columns, max = Infinity }: ComplexityTableOptions,
  palette: Palette,
): Column<PlacedFunction>[] {
  const wide = columns >= WIDE;
  const number = (short: string, long: string, key: NumberKey): Column<PlacedFunction> => ({
    title: wide ? long : short,
    align: "right",
    text: (row) => `${row[key]}`,
  });
  const details = [
    number("lines", "lines", "length"),
    number("nest", "nesting", "nesting"),
    number("args", "parameters", "parameters"),
  ];
  return [
    { title: "rank", text: (row) => row.rank, paint: ({ rank }) => rankPaint(rank, palette) },
    {
      ...number("cycl", "cyclomatic", "cyclomatic"),
      paint: (row) => row.cyclomatic > max ? palette.severity.critical : undefined,
    },
    number("cogn", "cognitive", "cognitive"),
    ...columns < NARROW ? [] : details,
    { title: "function", cut: "end", text: (row) => sanitizeLine(row.name) },
    { title: "place", cut: "start", text: (row) => sanitizeLine(placeOf(row)) },
  ];
}

type NumberKey = "cyclomatic" | "cognitive" | "length" | "nesting" | "parameters";

function fileColumns({ columns }: TextStyle, palette: Palette): Column<FileTotals>[] {
  const wide = columns >= WIDE;
  const right = (title: string, text: (row: FileTotals) => string): Column<FileTotals> => (
    { title, align: "right", text }
  );
  return [
    right(wide ? "cyclomatic" : "cycl", (row) => `${row.cyclomatic}`),
    right(wide ? "cognitive" : "cogn", (row) => `${row.cognitive}`),
    {
      ...right(
        wide ? "maintainability" : "MI",
        (row) => row.maintainabilityIndex?.toFixed(1) ?? "-",
      ),
      paint: ({ maintainabilityIndex: index }) =>
        index !== null && index <= 9 ? palette.severity.major : undefined,
    },
    right(wide ? "functions" : "fns", (row) => `${row.functions}`),
    { title: "file", cut: "start", text: (row) => sanitizeLine(row.path) },
  ];
}

const LANGUAGE_COLUMNS: Column<LanguageTotals>[] = [
  ...([
    ["files", ({ files }) => grouped(files)],
    ["lines", ({ lines }) => grouped(lines)],
    ["fns", ({ functions }) => grouped(functions)],
    ["mean", ({ mean_cyclomatic }) => mean_cyclomatic?.toFixed(1) ?? "-"],
    ["most", ({ highest_cyclomatic }) => `${highest_cyclomatic ?? "-"}`],
  ] satisfies [string, (row: LanguageTotals) => string][]).map(([title, text]) => (
    { title, align: "right" as const, text }
  )),
  { title: "language", cut: "end", text: ({ language }) => LANGUAGES[language].title },
];

function rankPaint(rank: string, { severity, good }: Palette): Paint {
  if (rank === "A" || rank === "B") return good;
  return rank === "C" || rank === "D" ? severity.major : severity.critical;
}

/** The outcome in one line, for stderr. */
export function renderComplexitySummary(summary: ComplexitySummary, max?: number): string {
  const { files, functions, mean_cyclomatic: mean, above_max: above } = summary;
  if (files === 0) return "Measured no files\n";
  const figures = mean === null
    ? ""
    : `: cyclomatic complexity ${
      mean.toFixed(1)
    } on average, ${summary.highest_cyclomatic} at most`;
  const limit = above === null ? "" : `; ${countOf(above, "function")} above ${max}`;
  return `Measured ${countOf(functions, "function")} in ${
    countOf(files, "file")
  }${figures}${limit}\n`;
}
