import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { renderExcerpt, type Span } from "./excerpt.ts";
import { textWidth } from "./width.ts";

const plain = (text: string) => text;

function excerpt(source: string, span: Span, columns = 60): string[] {
  const lines = source.split("\n");
  return renderExcerpt(span, (n) => lines[n - 1], { columns, quiet: plain, mark: plain });
}

function span(line: number, column: number, endLine: number, endColumn: number): Span {
  return { line, column, end: { line: endLine, column: endColumn } };
}

const source = "import os\nimport sys, re\n\ndef f(a,\n      b):\n    return a\n";

Deno.test("renderExcerpt() marks spans of one line and of several", () => {
  const cases: [string, Span, string[]][] = [
    ["with context", span(1, 8, 1, 10), [
      "  |",
      "1 | import os",
      "  |        ^^",
      "2 | import sys, re",
    ]],
    ["from an indent", span(4, 1, 6, 13), [
      "  |",
      "4 | / def f(a,",
      "5 | |       b):",
      "6 | |     return a",
      "  | |____________^",
    ]],
    ["from inside a line", span(4, 6, 5, 8), [
      "  |",
      "4 |   def f(a,",
      "  |  ______^",
      "5 | |       b):",
      "  | |_______^",
      "6 |       return a",
    ]],
    ["up to the next line's start", span(6, 5, 7, 1), [
      "  |",
      "5 |       b):",
      "6 |     return a",
      "  |     ^^^^^^^^",
    ]],
  ];
  for (const [name, where, expected] of cases) deepEqual(excerpt(source, where), expected, name);
});

Deno.test("renderExcerpt() shortens spans of many lines", () => {
  deepEqual(excerpt(`def f():\n${"    pass\n".repeat(30)}`, span(1, 1, 31, 9)), [
    "   |",
    " 1 | / def f():",
    " 2 | |     pass",
    " 3 | |     pass",
    " 4 | |     pass",
    "   | | ...",
    "31 | |     pass",
    "   | |________^",
  ]);
});

Deno.test("renderExcerpt() shows nothing when the lines are not there", () => {
  deepEqual(excerpt("a = 1", span(7, 1, 7, 2)), []);
  deepEqual(excerpt("a = 1", span(1, 50, 1, 51)), []);
});

Deno.test("renderExcerpt() strips carriage returns", () => {
  equal(
    excerpt("a = 1\r\nb = 2\r\n", span(1, 1, 1, 2)).join("\n"),
    "  |\n1 | a = 1\n  | ^\n2 | b = 2",
  );
});

Deno.test("renderExcerpt() fits the terminal whatever the span", () => {
  const text = fc.array(fc.constantFrom("a", "中", "\t", "\n", "\x1b", " word "), {
    maxLength: 200,
  })
    .map((parts) => parts.join(""));
  const n = fc.integer({ min: 1, max: 60 });
  fc.assert(fc.property(text, n, n, n, n, fc.integer({ min: 20, max: 100 }), (t, a, b, c, d, w) => {
    for (const line of excerpt(t, span(a, b, a + c - 1, d), w)) ok(textWidth(line) <= w, line);
  }));
});
