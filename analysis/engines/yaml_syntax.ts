import { isAlias, isMap, isScalar, parseAllDocuments, visit } from "yaml";
import type { Document, Node, Pair } from "yaml";
import type { Linter } from "../engine.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Issue } from "../issue.ts";
import { createLineIndex, type LineIndex } from "../text/line_index.ts";
import { syntaxError } from "./syntax_error.ts";

/** Errors told of one file: after the first, many only follow from it. */
const MAX_ERRORS = 20;

/** Parsing takes up to a microsecond for each of these, and much memory. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Tells what of YAML 1.2 does not parse, in every document of a file, and keys that occur twice. */
export function createYamlSyntax(about: { name: string; version: string }): Linter {
  return { ...about, lint: ({ text }) => lint(text) };
}

const TOO_DEEP = failedAnalysis("This file is nested too deeply to analyse");

type Found = { message: string; start: number; end: number; rule?: "duplicate-key" };

function lint(text: string): Issue[] {
  if (text.length > MAX_LENGTH) return [failedAnalysis("This file is larger than 4 MiB")];
  const found: Found[] = [];
  try {
    // Looking for keys that occur twice takes it time that grows with the square of their number.
    const options = { uniqueKeys: false, prettyErrors: false, logLevel: "silent" } as const;
    for (const document of parseAllDocuments(text, options)) look(document as Document, found);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [TOO_DEEP];
  }
  // The parser itself catches some of these.
  if (found.some(({ message }) => message.includes("call stack size"))) return [TOO_DEEP];
  const index = createLineIndex(text);
  return found.slice(0, MAX_ERRORS).map((one) => toIssue(one, index, text.length));
}

function look({ errors, contents }: Document, found: Found[]): void {
  for (const { message, pos: [start, end] } of errors) found.push({ message, start, end });
  if (errors.length > 0) return;
  const anchors = new Set<string>();
  visit(contents as Node | null, (_, node) => {
    if (found.length >= MAX_ERRORS) return visit.BREAK;
    if (isMap(node)) found.push(...twice(node.items as Pair[]));
    if (isAlias(node) && !anchors.has(node.source)) {
      found.push({
        message: `No anchor "${node.source}" stands before this alias`,
        ...rangeOf(node),
      });
    } else if (node && "anchor" in (node as Node & { anchor?: string })) {
      const { anchor } = node as { anchor?: string };
      if (anchor) anchors.add(anchor);
    }
  });
}

/** Only plain keys are compared; `<<` may come again. */
function twice(items: Pair[]): Found[] {
  const seen = new Set<unknown>(), found: Found[] = [];
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const { value } = key;
    if (seen.has(value) && value !== "<<") {
      const message = `This key occurs twice: ${JSON.stringify(String(value))}`;
      found.push({ message, ...rangeOf(key), rule: "duplicate-key" });
    }
    seen.add(value);
  }
  return found;
}

function rangeOf({ range }: Node): { start: number; end: number } {
  const [start, end] = range ?? [0, 0];
  return { start, end };
}

function toIssue({ message, start, end, rule }: Found, index: LineIndex, length: number): Issue {
  const place = (offset: number) => {
    const at = Math.min(Math.max(offset, 0), length);
    return { line: index.lineAt(at), column: index.columnAt(at) };
  };
  const issue = syntaxError(message, place(start), place(Math.max(start, end)));
  return rule ? { ...issue, rule, severity: "major" } : issue;
}
