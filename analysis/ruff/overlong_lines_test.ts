import assert from "node:assert/strict";
import { findOverlongLine } from "./overlong_lines.ts";

const strings = (count: number) => `x = [${"'é', ".repeat(count)}]`;

const CASES: [name: string, text: string, line: number | undefined][] = [
  ["nothing", "", undefined],
  ["1 MB in one string", `x = '${"a".repeat(1e6)}'\n`, undefined],
  ["1 MB of numbers in one line", `x = [${"1, ".repeat(330_000)}]\n`, undefined],
  ["10 MB of short lines", "x = 'a'; y = 'b'\n".repeat(600_000), undefined],
  ["10 MB of short lines of an old Mac", "x = 'a'; y = 'b'\r".repeat(600_000), undefined],
  ["1 MB of strings in one line", strings(200_000), 1],
  ["the same further down", `a\r\nb\rc\n${strings(200_000)}\r\n`, 4],
  ["1 MB of statements in one line", "x = 1; ".repeat(140_000), 1],
];

for (const [name, text, line] of CASES) {
  Deno.test(`findOverlongLine() gives ${line} for ${name}`, () => {
    assert.equal(findOverlongLine(text), line);
  });
}
