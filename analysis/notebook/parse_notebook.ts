import { messageOf } from "../../config/message_of.ts";
import { isObject } from "../../config/is_object.ts";
import { elementsOf, type JsonSpan, memberOf, skipSpace } from "./json_spans.ts";
import { isMagicCell } from "./magic_cell.ts";

/** A cell of Python. */
export interface CodeCell {
  /** Its place among all cells, from 1. */
  number: number;
  source: string;
  /** Where the value of its `source` stands in the JSON. */
  span: JsonSpan;
}

export interface Notebook {
  /** In order; those that begin with a magic which is not about Python are left out. */
  cells: CodeCell[];
}

/** Why a text is no notebook, and where. */
export class NotebookError extends Error {
  override name = "NotebookError";
  constructor(message: string, readonly line = 1, readonly column = 1) {
    super(message);
  }
}

/**
 * The code of a Jupyter notebook, format 4; one in another language has no cells.
 *
 * @throws {NotebookError} for what is no JSON, or no notebook
 */
export function parseNotebook(text: string): Notebook {
  const parsed = parseJson(text);
  if (!isObject(parsed) || !Array.isArray(parsed.cells)) {
    throw new NotebookError("This is no notebook of format 4: it has no list of cells");
  }
  if (!isPython(parsed)) return { cells: [] };
  const list = memberOf(text, skipSpace(text, 0), "cells")!;
  const spans = [...elementsOf(text, list.start)];
  return {
    cells: parsed.cells.flatMap((cell, index) => {
      const source = sourceOf(cell);
      const span = source !== undefined && memberOf(text, spans[index]!.start, "source");
      if (!span || isMagicCell(source)) return [];
      return [{ number: index + 1, source, span }];
    }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [, line = 1, column = 1] = /line (\d+) column (\d+)/.exec(messageOf(error)) ?? [];
    throw new NotebookError("This notebook is no valid JSON", Number(line), Number(column));
  }
}

/** Where it does not say, a notebook is Python's. */
function isPython(notebook: Record<string, unknown>): boolean {
  const name = get(notebook, "metadata", "language_info", "name");
  return name === undefined || name === "python";
}

/** The text of a code cell in Python. */
function sourceOf(cell: unknown): string | undefined {
  if (get(cell, "cell_type") !== "code") return undefined;
  const language = get(cell, "metadata", "vscode", "languageId");
  if (language !== undefined && language !== "python") return undefined;
  const source = get(cell, "source");
  if (typeof source === "string") return source;
  return Array.isArray(source) && source.every((line) => typeof line === "string")
    ? source.join("")
    : undefined;
}

function get(value: unknown, ...keys: string[]): unknown {
  let at = value;
  for (const key of keys) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}
