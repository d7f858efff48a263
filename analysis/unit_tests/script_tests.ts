import { closingIndex, type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import type { TestCase, TestFile } from "./test_case.ts";

/** A call of `test`, `it` or `describe`. */
interface Call {
  name: string;
  variants: number | null;
  /** Index of the bracket that opens the arguments, and of the one that closes them. */
  open: number;
  close: number;
}

/**
 * The tests of a file for vitest or jest: calls of `test` and `it`, with the names of the `describe`
 * blocks around them. Read from the tokens alone, so tests that code makes in other ways are not
 * found. `todo` is no test yet.
 */
export function findScriptTests(code: string): TestFile {
  const tokens = readTokens(code);
  const cases: (TestCase & { names: Set<string> })[] = [];
  const shared = new Set<string>();
  const blocks: Call[] = [];
  let test: { names: Set<string>; close: number } | undefined;
  for (let at = 0; at < tokens.length; at++) {
    while (blocks.length > 0 && blocks.at(-1)!.close < at) blocks.pop();
    if (test && test.close < at) test = undefined;
    const end = importEnd(tokens, at);
    if (end > at) {
      at = end;
      continue;
    }
    const token = tokens[at]!;
    const block = readCall(tokens, at, "describe");
    const call = block ? undefined : readCall(tokens, at, "test", "it");
    if (block) blocks.push(block);
    if (call && !test) {
      const name = [...blocks.map((block) => block.name), call.name].join(" > ");
      const names = new Set<string>();
      cases.push({ name, line: token.line, variants: call.variants, names });
      test = { names, close: call.close };
    }
    if (token.kind === "word") (test?.names ?? shared).add(token.text);
  }
  return { cases, shared };
}

/** The index of an import's last token, or `at` itself where none begins. */
function importEnd(tokens: CodeToken[], at: number): number {
  if (!isWord(tokens[at], "import") || isPunctuation(tokens[at + 1], "(.")) return at;
  for (let end = at + 1; end < tokens.length; end++) {
    if (tokens[end]!.kind === "string") return end;
    if (isPunctuation(tokens[end], ";(")) return at;
  }
  return at;
}

/** `name("…", …)`, `name.only("…", …)`, `name.each([…])("…", …)` */
function readCall(tokens: CodeToken[], at: number, ...words: string[]): Call | undefined {
  if (!isWord(tokens[at], ...words) || isPunctuation(tokens[at - 1], ".")) return undefined;
  let variants: number | null = 1;
  let open = at + 1;
  while (isPunctuation(tokens[open], ".")) {
    const member = tokens[open + 1];
    if (isWord(member, "todo")) return undefined;
    open += 2;
    if (isWord(member, "each", "for")) {
      variants = countRows(tokens, open);
      open = tableEnd(tokens, open) + 1;
    }
  }
  if (!isPunctuation(tokens[open], "(") || tokens[open + 1] === undefined) return undefined;
  const first = tokens[open + 1]!;
  const isLiteral = first.kind !== "word" && isPunctuation(tokens[open + 2], ",");
  return {
    name: first.text,
    variants: isLiteral ? variants : null,
    open,
    close: closingIndex(tokens, open),
  };
}

/** The last token of a table: `([…])`, or a template literal with its expressions. */
function tableEnd(tokens: CodeToken[], open: number): number {
  if (isPunctuation(tokens[open], "(")) return closingIndex(tokens, open);
  let end = open;
  while (end + 1 < tokens.length && !isPunctuation(tokens[end + 1], "(")) end++;
  return end;
}

/** The elements of an array that is written out. */
function countRows(tokens: CodeToken[], open: number): number | null {
  if (!isPunctuation(tokens[open], "(") || !isPunctuation(tokens[open + 1], "[")) return null;
  const close = closingIndex(tokens, open + 1);
  let rows = 0;
  for (let at = open + 2; at < close; at = elementEnd(tokens, at, close) + 1) {
    if (isPunctuation(tokens[at], ".")) return null;
    rows++;
  }
  return rows;
}

/** The index of the comma after an element, or of the bracket after the last one. */
function elementEnd(tokens: CodeToken[], start: number, close: number): number {
  for (let at = start; at < close; at++) {
    if (isPunctuation(tokens[at], ",")) return at;
    if (isPunctuation(tokens[at], "([{")) at = closingIndex(tokens, at);
  }
  return close;
}
