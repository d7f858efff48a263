import { formatOrSay, refuseHalfPairs, unparsable } from "./cannot_format.ts";
import type { Formatter, Linter, SourceText } from "../engine.ts";
import { toGoIssue } from "./go_problem.ts";
import { createGoWasm, type GoOutput, type GoWasm } from "./go_wasm.ts";
import type { Issue } from "../issue.ts";
import { lintOrSay } from "./lint_or_say.ts";
import { syntaxError } from "./syntax_error.ts";
import { createLineIndex } from "../text/line_index.ts";

/** gofmt: lays Go out, and tells what does not parse. */
export type Gofmt = Linter & Formatter;

/** Builds the engine from the WebAssembly of its package. */
export async function createGofmt(
  wasm: Uint8Array<ArrayBuffer>,
  about: { name: string; version: string },
): Promise<Gofmt> {
  const engine = createGoWasm(await WebAssembly.compile(wasm));
  return {
    ...about,
    lint: (source) =>
      lintOrSay(() => {
        const output = run(engine, source);
        return "text" in output ? [] : [output.issue];
      }),
    format: (source) => {
      refuseHalfPairs(source.text);
      const output = formatOrSay(() => run(engine, source));
      if ("text" in output) return output.text;
      throw unparsable(output.issue);
    },
  };
}

type Run = { text: string } | { issue: Issue };

function run(engine: GoWasm, { text, path }: SourceText): Run {
  const issue = path.endsWith(".go") ? withoutPackage(text) : undefined;
  if (issue) return { issue };
  const output: GoOutput = engine.format(text);
  return "text" in output ? output : { issue: toGoIssue(output.problem, text) };
}

/** The engine takes parts of files too, as gofmt does from standard input; a file is no part. */
function withoutPackage(text: string): Issue | undefined {
  const start = firstTokenAt(text);
  if (start === undefined) return undefined;
  const token = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|.|)/u.exec(text.slice(start, start + 64))![0];
  if (token === "package") return undefined;
  const index = createLineIndex(text);
  const position = { line: index.lineAt(start), column: index.columnAt(start) };
  return syntaxError(`expected 'package', found '${token || "EOF"}'`, position);
}

/** Behind white space and comments; undefined for a comment without an end, which the engine tells. */
function firstTokenAt(text: string): number | undefined {
  for (let at = 0;;) {
    while (/[ \t\r\n]/.test(text.charAt(at))) at++;
    const end = { "//": "\n", "/*": "*/" }[text.slice(at, at + 2)];
    if (!end) return at;
    const found = text.indexOf(end, at + 2);
    if (found < 0) return end === "\n" ? text.length : undefined;
    at = found + end.length;
  }
}
