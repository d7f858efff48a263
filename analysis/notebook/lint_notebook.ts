import type { Edit, Fix, Issue } from "../issue.ts";
import type { Ruff, RuffSettings } from "../ruff/ruff.ts";
import { endOfCell, joinCells, type JoinedCells } from "./cell_map.ts";
import { type MaskedCell, maskMagics, type StandIn } from "./mask_magics.ts";
import { isLeftOutInNotebook, ofCell } from "./notebook_rules.ts";
import type { CodeCell } from "./parse_notebook.ts";

/**
 * What native Ruff finds in a notebook: its cells are one module, but what is about the beginning and the
 * end of a file, and about imports side by side, is asked of each cell alone.
 */
export function lintNotebook(
  ruff: Ruff,
  cells: readonly CodeCell[],
  settings: RuffSettings,
  path: string,
): Issue[] {
  const masked = cells.map(({ source }) => maskMagics(source, STATEMENT));
  const joined = joinCells(cells, masked.map(({ text }) => text));
  const issues = ruff.lint(joined.text, settings, path)
    .filter(({ rule }) => !ofCell(rule))
    .flatMap((issue) => intoCell(issue, joined));
  if (!issues.some(({ rule }) => rule === "syntax-error")) {
    issues.push(...cells.flatMap((cell) => lintCell(ruff, cell, settings, path)));
  }
  return issues
    .filter((issue) => !isLeftOut(issue, cells, masked))
    .sort((a, b) => a.cell! - b.cell! || a.line - b.line || a.column - b.column);
}

/** A call, of which rules know nothing; as long as the magic, which may be too long a line. */
const STATEMENT: StandIn = ({ text, kind }) => {
  const call = kind === "value" ? "vars()" : "print()";
  return `${call}  # `.padEnd(text.split("\n", 1)[0]!.length, "x ").trimEnd();
};
/** Imports may follow a magic: it does not count as code. */
const COMMENT: StandIn = ({ kind }) => kind === "value" ? "vars()" : "#";

function lintCell(ruff: Ruff, cell: CodeCell, settings: RuffSettings, path: string): Issue[] {
  const lint = (standIn: StandIn) => {
    const { text } = maskMagics(cell.source, standIn);
    const joined = joinCells([cell], [text]);
    return ruff.lint(joined.text, settings, path).flatMap((issue) => intoCell(issue, joined));
  };
  const found = lint(STATEMENT).filter(({ rule }) => ofCell(rule));
  if (!found.some(({ rule }) => rule === "E402")) return found;
  const late = new Set(lint(COMMENT).filter(({ rule }) => rule === "E402").map(({ line }) => line));
  return found.filter(({ rule, line }) => rule !== "E402" || late.has(line));
}

function isLeftOut(issue: Issue, cells: readonly CodeCell[], masked: MaskedCell[]): boolean {
  const index = cells.findIndex(({ number }) => number === issue.cell);
  return isLeftOutInNotebook(issue, masked[index]!);
}

/** The issue as one of its cell; its fix only where that stays inside. */
function intoCell(issue: Issue, joined: JoinedCells): Issue[] {
  const at = joined.locate(issue);
  if (!at) return [];
  const { fix, ...rest } = issue;
  const mapped = fix && fixIn(at.cell, fix, joined);
  const end = endIn(at.cell, issue.end, joined);
  const message = issue.message.replace(/\bof file$/, "of cell");
  return [{
    ...rest,
    message,
    ...at.position,
    end,
    cell: at.cell.number,
    ...mapped && { fix: mapped },
  }];
}

function fixIn(cell: CodeCell, fix: Fix, joined: JoinedCells): Fix | undefined {
  const edits = fix.edits.flatMap(({ start, end, content }): Edit[] => {
    const from = joined.locate(start);
    return from?.cell === cell
      ? [{ start: from.position, end: endIn(cell, end, joined), content }]
      : [];
  });
  return edits.length === fix.edits.length ? { ...fix, edits } : undefined;
}

/** What ends at the beginning of the next cell ends with this one. */
function endIn(cell: CodeCell, end: Issue["end"], joined: JoinedCells): Issue["end"] {
  const at = joined.locate(end);
  return at?.cell === cell ? at.position : endOfCell(cell);
}
