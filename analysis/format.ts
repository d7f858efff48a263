import { ToolError } from "../config/tool_error.ts";
import { applyFixes } from "./fixes/fixes.ts";
import { isBroken } from "./issue.ts";
import { countChangedLines } from "./text/line_diff.ts";
import type { Ruff, RuffSettings } from "./ruff/ruff.ts";

/** What `formatPython` can do, by the names of the tools that people know for it. */
export const FORMATTERS = ["black", "ruff", "isort", "autopep8"] as const;
export type Formatter = (typeof FORMATTERS)[number];

export interface FormattedCode {
  formatted_code: string;
  /** Lines that differ: a replaced line counts once, see {@link countChangedLines}. */
  changes_made: number;
  /** What really ran. */
  formatter_used: string;
}

/**
 * Formats Python code with Ruff, whatever the formatter is called:
 * - `black`, `ruff`: Ruff's formatter, which is black-compatible;
 * - `isort`: imports sorted, everything else as it is;
 * - `autopep8`: white space and blank lines as PEP 8 has them, and `\d` in strings mended; the
 *   program's syntax tree stays the same.
 *
 * Formatting twice is the same as formatting once. Line endings stay.
 *
 * @throws {ToolError} for code that does not parse
 */
export function formatPython(
  ruff: Ruff,
  code: string,
  formatter: Formatter,
  settings: RuffSettings,
): FormattedCode {
  const { run, note } = ENGINES[formatter];
  const formatted = run(ruff, code, settings);
  return {
    formatted_code: formatted,
    changes_made: countChangedLines(code, formatted),
    formatter_used: `ruff ${ruff.version}${note}`,
  };
}

interface Engine {
  run(ruff: Ruff, code: string, settings: RuffSettings): string;
  note: string;
}

/** White space only; what else pycodestyle's rules can mend would change the syntax tree. */
const WHITE_SPACE_RULES = ["E2", "E3", "E502", "E703", "W291", "W292", "W293", "W391", "W605"];

const ENGINES: Record<Formatter, Engine> = {
  black: { run: (ruff, ...of) => ruff.format(...of), note: " (black-compatible)" },
  ruff: { run: (ruff, ...of) => ruff.format(...of), note: "" },
  isort: { run: sortImports, note: " (isort-compatible, rule I001)" },
  autopep8: { run: mendWhiteSpace, note: " (white space rules of pycodestyle)" },
};

function sortImports(ruff: Ruff, code: string, settings: RuffSettings): string {
  const { isort = {} } = (settings.options.lint ?? {}) as Record<string, unknown>;
  return mendWith(ruff, code, settings, { isort, select: ["I001", "I002"] });
}

/** Most of these rules are in preview. */
function mendWhiteSpace(ruff: Ruff, code: string, settings: RuffSettings): string {
  return mendWith(ruff, code, settings, { preview: true, select: WHITE_SPACE_RULES });
}

/** Applies the safe fixes of some rules only, whatever the project has chosen. */
function mendWith(
  ruff: Ruff,
  code: string,
  settings: RuffSettings,
  lint: Record<string, unknown>,
): string {
  const options = { ...settings.options, lint };
  const only: RuffSettings = { ...settings, options, perFileIgnores: [] };
  refuseBroken(ruff, code, only);
  return applyFixes(ruff, code, only, { wanted: (_, fix) => fix.safe }).text;
}

function refuseBroken(ruff: Ruff, code: string, settings: RuffSettings): void {
  const broken = ruff.lint(code, settings)
    .find(isBroken);
  if (!broken) return;
  const where = `line ${broken.line}, column ${broken.column}`;
  throw new ToolError(`Cannot format the code: ${where}: ${broken.message}`, {
    hint: "mend the syntax first",
  });
}
