import {
  type ComplexityReport,
  type FunctionComplexity,
  measureComplexity,
} from "../complexity.ts";
import { eachDecision, rankCyclomatic } from "../python/cyclomatic.ts";
import { findScopes } from "../python/scopes.ts";
import { countLines } from "../text/line_count.ts";
import { countByLine } from "../metrics/count_by_line.ts";
import type { PythonParser } from "../syntax/syntax.ts";
import { createCellLines } from "./cell_lines.ts";
import { joinCells, type JoinedCells } from "./cell_map.ts";
import { maskMagics, type StandIn } from "./mask_magics.ts";
import { measureCell } from "./measure_cell.ts";
import { type CodeCell, parseNotebook } from "./parse_notebook.ts";

const STAND_IN: StandIn = ({ kind }) => kind === "value" ? "vars()" : "pass";

interface NotebookModule {
  cells: CodeCell[];
  /** What Python sees of each. */
  texts: string[];
  joined: JoinedCells;
}

function readModule(text: string): NotebookModule {
  const { cells } = parseNotebook(text);
  const texts = cells.map(({ source }) => maskMagics(source, STAND_IN).text);
  return { cells, texts, joined: joinCells(cells, texts) };
}

/**
 * Measures a notebook: its cells are one module; a cell whose own statements decide something is told
 * beside the functions. Lines are those of the file; `cell` and `cellLine` tell of the cells.
 *
 * @throws {NotebookError} for what is no notebook
 */
export function measureNotebook(parser: PythonParser, text: string): ComplexityReport {
  const notebook = readModule(text);
  const report = measureComplexity(parser.parse(notebook.joined.text));
  const lineOf = createCellLines(text, notebook.cells);
  const functions = [
    ...report.functions.map((one) => inCell(one, notebook.joined)),
    ...notebook.cells.flatMap((cell, index) => ofCell(parser, cell, notebook.texts[index]!)),
  ];
  return {
    ...report,
    language: "notebook",
    functions: functions.sort((a, b) => a.cell! - b.cell! || a.line - b.line).map((one) => ({
      ...one,
      cellLine: one.line,
      line: lineOf(one.cell!, one.line),
      endLine: lineOf(one.cell!, one.endLine),
    })),
    classes: [],
    notMeasured: report.notMeasured.map((gap) => inWords(gap, notebook.joined)),
  };
}

function inCell(one: FunctionComplexity, joined: JoinedCells): FunctionComplexity {
  const start = joined.locate(one)!;
  const line = start.position.line;
  return { ...one, cell: start.cell.number, line, endLine: line + one.endLine - one.line };
}

function ofCell(parser: PythonParser, cell: CodeCell, text: string): FunctionComplexity[] {
  const measured = measureCell(parser.parse(`${text}\n`));
  if (measured.cyclomatic === 1) return [];
  const length = countLines(text);
  return [{
    ...measured,
    name: `cell ${cell.number}`,
    cell: cell.number,
    line: 1,
    endLine: length,
    column: 1,
    rank: rankCyclomatic(measured.cyclomatic),
    length,
    parameters: 0,
    kind: "cell",
  }];
}

/** With the place in the cell for that in all of them. */
function inWords(gap: string, joined: JoinedCells): string {
  return gap.replace(/line (\d+)/, (all, line) => {
    const at = joined.locate({ line: Number(line), column: 1 });
    return at ? `cell ${at.cell.number}, line ${at.position.line}` : all;
  });
}

/** How many decisions each line of a notebook's file holds. */
export function notebookDecisions(parser: PythonParser, text: string): Map<number, number> {
  const { cells, joined } = readModule(text);
  const lineOf = createCellLines(text, cells);
  const tree = parser.parse(joined.text);
  const counts = countByLine(tree, (tell) => eachDecision(tree, findScopes(tree), tell));
  return new Map([...counts].map(([line, count]) => {
    const { cell, position } = joined.locate({ line, column: 1 })!;
    return [lineOf(cell.number, position.line), count];
  }));
}
