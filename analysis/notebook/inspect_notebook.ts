import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { excerptsOf, lineKey } from "../text/excerpts.ts";
import { createChecked } from "../rules/checked_rules.ts";
import { mayIgnore } from "../suppressions/may_ignore.ts";
import { suppress } from "../suppressions/suppressions.ts";
import type { Inspection } from "../inspection.ts";
import { isBroken, type Issue } from "../issue.ts";
import type { FunctionComplexity } from "../complexity.ts";
import { complexityIssues, SAID_BY_RUFF } from "../metrics/complexity_issues.ts";
import { type ComplexityLimits, DEFAULT_LIMITS } from "../metrics/complexity_limits.ts";
import { measureNotebook } from "./measure_notebook.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "../ruff/ruff_settings.ts";
import { type CellLines, createCellLines } from "./cell_lines.ts";
import { lintNotebook } from "./lint_notebook.ts";
import { type CodeCell, NotebookError, parseNotebook } from "./parse_notebook.ts";

/** A notebook: what Ruff finds in its cells, as one module; positions are those within a cell. */
export async function inspectNotebook(
  engines: Engines,
  { text, path }: Pick<SourceText, "text" | "path">,
  settings: RuffSettings = DEFAULT_SETTINGS,
  limits: ComplexityLimits = DEFAULT_LIMITS,
): Promise<Inspection> {
  try {
    const { cells } = parseNotebook(text);
    const { functions } = measureNotebook(await engines.python(), text);
    const found = lintNotebook(await engines.ruff(), cells, settings, path);
    // Who chooses rules of Ruff chooses all that is told.
    const own = settings.choosesRules || found.some(isBroken)
      ? []
      : complexityOf(functions, limits);
    const issues = [...found, ...own].sort(byPlace);
    const seen = withoutIgnored(compose(issues, cells), text, cells, createChecked(settings, path));
    return { ...seen, functions, issues: withFileLines(seen.issues, createCellLines(text, cells)) };
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return compose([broken(error)], []);
  }
}

/** Of each cell by itself. A cell is no function: its length says nothing, and Ruff nothing of it. */
function complexityOf(functions: FunctionComplexity[], limits: ComplexityLimits): Issue[] {
  const inCells = functions.map((one) => (
    { ...one, line: one.cellLine!, endLine: one.cellLine! + one.length - 1 }
  ));
  const [cells, others] = [true, false].map((isCell) =>
    inCells.filter(({ kind }) => (kind === "cell") === isCell)
  );
  return [
    ...complexityIssues(cells!, { ...limits, length: 0 }),
    ...[...Map.groupBy(others!, ({ cell }) => cell).values()]
      .flatMap((inCell) => complexityIssues(inCell, limits, SAID_BY_RUFF)),
  ];
}

function byPlace(a: Issue, b: Issue): number {
  return a.cell! - b.cell! || a.line - b.line || a.column - b.column;
}

/** As `devmcp: ignore[rule]` in the cells says. */
function withoutIgnored(
  inspection: Inspection,
  text: string,
  cells: CodeCell[],
  isChecked: (selector: string) => boolean,
): Inspection {
  if (!mayIgnore(text)) return inspection;
  const texts = cells.map(({ source, number }) => (
    { text: source, language: "python", cell: number } as const
  ));
  return suppress(inspection, texts, { isChecked });
}

function compose(issues: Issue[], cells: CodeCell[]): Inspection {
  return {
    issues,
    lines: cells.reduce((sum, { source }) => sum + source.split(/\r\n|\r|\n/).length, 0),
    suggestions: [],
    compliments: [],
    isAssured: false,
    excerpts: excerptsByCell(issues, cells),
  };
}

function excerptsByCell(issues: Issue[], cells: CodeCell[]): Record<string, string> {
  const excerpts: Record<string, string> = {};
  for (const { number, source } of cells) {
    const inCell = issues.filter(({ cell }) => cell === number);
    for (const [line, text] of Object.entries(excerptsOf(inCell, source))) {
      excerpts[lineKey(Number(line), number)] = text;
    }
  }
  return excerpts;
}

function withFileLines(issues: Issue[], lines: CellLines): Issue[] {
  return issues.map((issue) => ({ ...issue, fileLine: lines(issue.cell!, issue.line) }));
}

function broken({ message, line, column }: NotebookError): Issue {
  return {
    severity: "critical",
    category: "correctness",
    message,
    rule: "syntax-error",
    line,
    column,
    end: { line, column },
  };
}
