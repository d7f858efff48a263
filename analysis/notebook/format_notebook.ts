import { ToolError } from "../../config/tool_error.ts";
import type { Ruff, RuffSettings } from "../ruff/ruff.ts";
import { maskMagics } from "./mask_magics.ts";
import { NotebookError, parseNotebook } from "./parse_notebook.ts";
import { rewriteSources } from "./rewrite_sources.ts";

/**
 * A notebook with its cells of Python formatted; every other byte of its JSON stays.
 *
 * @throws {ToolError} for what is no notebook, and for a cell that does not parse
 */
export function formatNotebook(ruff: Ruff, text: string, settings: RuffSettings): string {
  const { cells } = parse(text);
  return rewriteSources(
    text,
    cells.flatMap(({ number, source, span }) => {
      const formatted = inCell(number, () => formatCell(ruff, source, settings));
      return formatted === source ? [] : [{ span, source: formatted }];
    }),
  );
}

function parse(text: string) {
  try {
    return parseNotebook(text);
  } catch (error) {
    if (!(error instanceof NotebookError)) throw error;
    throw new ToolError(`Cannot format the notebook: line ${error.line}: ${error.message}`, {
      hint: "mend it first",
      cause: error,
    });
  }
}

/** Says of a failure in which cell it is. */
function inCell<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const message = error.message.replace("the code", `cell ${number}`);
    throw new ToolError(message, { hint: error.hint, cause: error });
  }
}

/** Without a line ending at its end, as notebooks keep cells. */
function formatCell(ruff: Ruff, source: string, settings: RuffSettings): string {
  const name = unusedName(source);
  const masked = maskMagics(source, ({ index }) => `${name}${index}_`, { keepsLines: false });
  // Not a docstring, in a notebook: something stands before it.
  const first = STRING_FIRST.test(masked.text) ? `${name}\n` : "";
  const formatted = ruff.format(first + masked.text, settings).slice(first.length)
    .replace(/^\s+(?=\S)|\s+$/g, "");
  const mark = new RegExp(`${name}(\\d+)_`, "g");
  const restored = formatted.replace(mark, (_, index) => masked.magics[Number(index)]!.text);
  return endsQuietly(masked.text) ? withSemicolon(restored) : restored;
}

const STRING_FIRST = /^(?:\s|#[^\n]*\n)*[a-z]{0,2}["']/i;

function unusedName(source: string): string {
  let name = "magic_";
  while (source.includes(name)) name += "_";
  return name;
}

/** A semicolon behind the last statement keeps its value from being shown; these have none. */
const QUIET = /^\S.*;\s*(?:#.*)?$/;
const NO_VALUE =
  /^(?:.*;)?\s*(?:assert|break|continue|del|from|global|import|nonlocal|pass|raise|return|type\s+\w+\s*=)\b[^;]*;/;

function endsQuietly(text: string): boolean {
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  const last = lines.findLast((line) => /^\s*[^\s#]/.test(line));
  return last !== undefined && QUIET.test(last) && !NO_VALUE.test(last);
}

function withSemicolon(text: string): string {
  const lines = text.split("\n");
  const at = lines.findLastIndex((line) => /^\s*[^\s#]/.test(line));
  const line = lines[at]!;
  const comment = /^(.*\S)( {2}#.*)$/.exec(line);
  lines[at] = comment ? `${comment[1]};${comment[2]}` : `${line};`;
  return lines.join("\n");
}
