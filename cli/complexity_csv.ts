import type { ComplexityReport, FunctionComplexity } from "../analysis/complexity.ts";
import type { LanguageId } from "../analysis/languages.ts";
import { worstFirst } from "./complexity_tally.ts";
import { sanitizeLine } from "./sanitize.ts";

type Field = (path: string, f: FunctionComplexity, language: LanguageId) => string | number;

const FIELDS: Record<string, Field> = {
  path: (path) => sanitizeLine(harmlessPath(path)),
  function: (_, f) => sanitizeLine(f.name),
  line: (_, f) => f.line,
  end_line: (_, f) => f.endLine,
  rank: (_, f) => f.rank,
  cyclomatic: (_, f) => f.cyclomatic,
  cognitive: (_, f) => f.cognitive,
  length: (_, f) => f.length,
  nesting: (_, f) => f.nesting,
  parameters: (_, f) => f.parameters,
  language: (_path, _function, language) => language,
};

/** The heading of the CSV (RFC 4180). */
export const CSV_HEADER = `${Object.keys(FIELDS).join(",")}\r\n`;

/** A file's functions as CSV records, the worst first. */
export function renderCsv(path: string, { functions, language }: ComplexityReport): string {
  return worstFirst(functions).map((one) => {
    const cells = Object.values(FIELDS).map((field) => quote(`${field(path, one, language)}`));
    return `${cells.join(",")}\r\n`;
  }).join("");
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and a path may begin
 * so. `./` before it names the same file; no other cell can begin with one.
 */
function harmlessPath(path: string): string {
  return /^[=+\-@\t\r\n]/.test(path) ? `./${path}` : path;
}
