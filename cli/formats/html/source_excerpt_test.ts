import assert from "node:assert/strict";
import { fakeIssue } from "../../fake_review.ts";
import { sourceExcerpt } from "./source_excerpt.ts";
import { sourceLine } from "./source_line.ts";

const at = (line: number, column: number, endLine: number, endColumn: number) =>
  fakeIssue({ line, column, end: { line: endLine, column: endColumn } });

Deno.test("sourceExcerpt() marks the place, with a line around it", () => {
  const lines = ["a", "if x < 1:", "    b()", "    c()", "    d()", "e", "", "f"];
  const shown = (...place: [number, number, number, number]) =>
    `${sourceExcerpt(at(...place), (n) => lines[n - 1])}`
      .replaceAll(
        /<span class="l([^"]*)" data-n="([^"]*)">|<\/span>|<\/?pre[^>]*>/g,
        (_, is, n) => n ? `${n}${is ? "!" : ""}|` : "",
      ).trimEnd();
  const table: [[number, number, number, number], string][] = [
    [[2, 4, 2, 5], "1|a\n2!|if <mark>x</mark> &lt; 1:\n3|    b()"],
    [[1, 1, 1, 1], "1!|<mark>a</mark>\n2|if x &lt; 1:"],
    [
      [2, 1, 4, 8],
      "1|a\n2!|<mark>if x &lt; 1:</mark>\n3!|    <mark>b()</mark>\n4!|    <mark>c()</mark>\n5|    d()",
    ],
    [[3, 5, 4, 1], "2|if x &lt; 1:\n3!|    <mark>b()</mark>\n4|    c()"],
    [[6, 1, 6, 2], "5|    d()\n6!|<mark>e</mark>"],
    [
      [2, 1, 6, 2],
      "1|a\n2!|<mark>if x &lt; 1:</mark>\n3!|    <mark>b()</mark>\n4!|    <mark>c()</mark>\n…!|to line 6",
    ],
    [[1, 99, 1, 100], "1|a\n2|if x &lt; 1:"],
  ];
  for (const [place, expected] of table) assert.equal(shown(...place), expected, `${place}`);
  assert.equal(sourceExcerpt(at(9, 1, 9, 2), (n) => lines[n - 1]), undefined);
});

Deno.test("sourceLine() shows what is around the part, of a line of any length", () => {
  const line = `${"a".repeat(1e6)}<here>${"b".repeat(1e6)}`;
  const text = `${sourceLine(line, { from: 1e6, to: 1e6 + 6 })}`;
  assert.equal(text, `…${"a".repeat(80)}<mark>&lt;here&gt;</mark>${"b".repeat(154)}…`);
  assert.ok(`${sourceLine(line, { from: 10, to: 2e6 })}`.length < 300);
  assert.equal(`${sourceLine("😀".repeat(200))}`, `${"😀".repeat(120)}…`);
  assert.equal(`${sourceLine(`x${"😀".repeat(200)}`)}`, `x${"😀".repeat(119)}…`);
});
