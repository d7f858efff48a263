import { closingIndex, type CodeToken, isPunctuation, isWord, readTokens } from "./code_tokens.ts";
import type { TestCase, TestFile } from "./test_case.ts";

/** `Test` alone, or followed by anything but a small letter. */
const TEST_NAME = /^Test(?!\p{Ll})/u;

/** The tests of a Go file: functions `TestXxx`. Their variants are the subtests they name. */
export function findGoTests(code: string): TestFile {
  const tokens = readTokens(code);
  const cases: TestCase[] = [];
  const shared = new Set<string>();
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    const body = isTest(tokens, at) ? bodyOf(tokens, at) : undefined;
    if (!body) {
      if (token.kind === "word") shared.add(token.text);
      at++;
      continue;
    }
    const inside = tokens.slice(body.open, body.close);
    cases.push({
      name: tokens[at + 1]!.text,
      line: token.line,
      variants: countSubtests(inside),
      names: new Set(inside.filter(({ kind }) => kind === "word").map(({ text }) => text)),
    });
    at = body.close + 1;
  }
  return { cases, shared };
}

function isTest(tokens: CodeToken[], at: number): boolean {
  const name = tokens[at + 1];
  return isWord(tokens[at], "func") && name?.kind === "word" && TEST_NAME.test(name.text) &&
    isPunctuation(tokens[at + 2], "(");
}

function bodyOf(tokens: CodeToken[], at: number): { open: number; close: number } | undefined {
  const open = closingIndex(tokens, at + 2) + 1;
  if (!isPunctuation(tokens[open], "{")) return undefined;
  return { open, close: closingIndex(tokens, open) };
}

/** Calls of `t.Run` with a name that is written out; null when one is computed, as in a loop. */
function countSubtests(tokens: CodeToken[]): number | null {
  let count = 0;
  for (let at = 1; at < tokens.length - 2; at++) {
    const isRun = isWord(tokens[at], "Run") && isPunctuation(tokens[at - 1], ".") &&
      isPunctuation(tokens[at + 1], "(");
    if (!isRun) continue;
    if (tokens[at + 2]!.kind === "word" || !isPunctuation(tokens[at + 3], ",")) return null;
    count++;
  }
  return Math.max(1, count);
}
