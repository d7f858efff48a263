import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { excerptsOf, lineKey } from "../text/excerpts.ts";
import { createChecked } from "../rules/checked_rules.ts";
import { mayIgnore } from "../suppressions/may_ignore.ts";
import { suppress } from "../suppressions/suppressions.ts";
import type { Inspection } from "../inspection.ts";
import type { Issue } from "../issue.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "../ruff/ruff_settings.ts";
import { type CellLines, createCellLines } from "./cell_lines.ts";
import { lintNotebook } from "./lint_notebook.ts";
import { type CodeCell, NotebookError, parseNotebook } from "./parse_notebook.ts";

/** A notebook: what Ruff finds in its cells, as one module; positions are those within a cell. */
export async function inspectNotebook(
  engines: Engines,
  { text, path }: Pick<SourceText, "text" | "path">,
  settings: RuffSettings = DEFAULT_SETTINGS,
): Promise<Inspection> {
  try {
    const { cells } = parseNotebook(text);
    const issues = lintNotebook(await engines.ruff(), cells, settings, path);
    const seen = withoutIgnored(compose(issues, cells), text, cells, createChecked(settings, path));
    return { ...seen, issues: withFileLines(seen.issues, createCellLines(text, cells)) };
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    return compose([broken(error)], []);
  }
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
