import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { parser } from "./syntax/parser_fixture.ts";
import { createContextFinder } from "./piece_context.ts";
import { type LineRange, linesOf, splitIntoPieces } from "./pieces.ts";

/** The pieces of a text, a line costing 1, as `first-last`. */
function split(text: string, budget: number): string[] {
  return splitIntoPieces(parser.parse(text), { budget, costOf: () => 1 })
    .map(({ first, last }) => `${first}-${last}`);
}

const MODULE = `"""Docs."""
import os

# About f,
# in two lines.
@cached
def f(a):
    return a


class C:
    def m(self):
        x = """
# no comment
"""
        return x

    # About n.
    def n(self):
        if self:
            return 1
        else:
            return 2


def g(
    a,
):
    return [
        a,
        1,
        2,
    ]
`;

Deno.test("splitIntoPieces() keeps a file whole that fits", () => {
  deepEqual(split(MODULE, 33), ["1-33"]);
  deepEqual(split("x = 1", 1), ["1-1"]);
  deepEqual(split("", 1), []);
});

Deno.test("splitIntoPieces() keeps functions and classes whole, with their comments", () => {
  deepEqual(split(MODULE, 15), ["1-10", "11-25", "26-33"]);
  deepEqual(split(MODULE, 25), ["1-25", "26-33"]);
});

Deno.test("splitIntoPieces() parts a long class between its methods, and a long method between statements", () => {
  deepEqual(split(MODULE, 8), ["1-3", "4-10", "11-17", "18-25", "26-33"]);
  deepEqual(split(MODULE, 5), [
    "1-3",
    "4-7",
    "8-10",
    "11-15",
    "16-19",
    "20-22",
    "23-25",
    "26-28",
    "29-33",
  ]);
});

Deno.test("splitIntoPieces() parts one long statement at any line", () => {
  const list = `x = [\n${"    1,\n".repeat(5)}]\n`;
  deepEqual(split(list, 3), ["1-3", "4-6", "7-7"]);
  deepEqual(split(`'''\n${"# text\n".repeat(5)}'''\n`, 4), ["1-4", "5-7"]);
});

Deno.test("splitIntoPieces() gives a line its own piece that costs more than there is", () => {
  const pieces = splitIntoPieces(parser.parse("a = 1\nb = 22222222\nc = 3\n"), {
    budget: 6,
    costOf: (line) => line.length,
  });
  deepEqual(pieces, [{ first: 1, last: 1 }, { first: 2, last: 2 }, { first: 3, last: 3 }]);
});

const line = fc.constantFrom(
  "import os",
  "x = 1; y = 2",
  "# comment",
  "",
  "def f(a, b):",
  "    return a",
  "class A:",
  "    def m(self):",
  "        if x:",
  "            pass",
  "        else:",
  "            pass",
  '"""',
  "'''",
  "f'{x}",
  "foo(",
  ")",
  "\t)",
  "try:",
  "except E:",
  "@d",
);
const ending = fc.constantFrom("\n", "\r\n", "\r");
const source = fc.array(fc.tuple(line, ending), { maxLength: 40 })
  .map((lines) => lines.flat().join(""));

Deno.test("splitIntoPieces() has every line in exactly one piece, whatever the text", () => {
  fc.assert(fc.property(source, fc.integer({ min: 0, max: 12 }), (text, budget) => {
    const pieces = splitIntoPieces(parser.parse(text), { budget, costOf: () => 1 });
    const count = linesOf(text).length;
    equal(pieces.at(0)?.first ?? 1, 1);
    equal(pieces.at(-1)?.last ?? 0, count);
    pieces.forEach(({ first, last }, n) => {
      ok(first <= last);
      ok(last - first + 1 <= Math.max(1, budget), `${first}-${last} is more than ${budget}`);
      if (n > 0) equal(first, pieces[n - 1]!.last + 1);
    });
  }));
});

Deno.test("splitIntoPieces() parts deep nesting without recursion", () => {
  const depth = 2_000;
  const text = Array.from({ length: depth }, (_, n) => `${" ".repeat(n)}if x:\n`).join("") +
    `${" ".repeat(depth)}pass\n`;
  ok(split(text, 100).length < 2 * depth / 100 + 2);
});

/** The context of some lines of a text, as the numbers of its lines. */
function contextOf(text: string, piece: LineRange) {
  const { imports, signatures } = createContextFinder(parser.parse(text))(piece);
  return {
    imports: imports.map(({ line }) => line),
    signatures: signatures.map(({ line }) => line),
  };
}

const PROGRAM = `import os, sys
from a import (
    b as c,
    d,
)
try:
    import json
except ImportError:
    from wild import *


def helper(
    x: int,
) -> str:
    import local
    return x


class Base(object):
    def greet(self): return c


class Order(Base):
    def total(self):
        return helper(self.greet())

    def save(self):
        return json.dumps(self)
`;

Deno.test("createContextFinder() finds the imports and signatures that are used, and what is around", () => {
  // The star may stand for anything.
  deepEqual(contextOf(PROGRAM, { first: 23, last: 25 }), {
    imports: [9],
    signatures: [12, 13, 14, 19, 20],
  });
  deepEqual(contextOf(PROGRAM, { first: 27, last: 28 }), { imports: [7, 9], signatures: [23] });
  deepEqual(contextOf(PROGRAM, { first: 19, last: 20 }), {
    imports: [2, 3, 4, 5, 9],
    signatures: [],
  });
  deepEqual(contextOf(PROGRAM, { first: 1, last: 28 }), { imports: [], signatures: [] });
});

Deno.test("createContextFinder() gives the lines as they are", () => {
  const { signatures } = createContextFinder(parser.parse(PROGRAM))({ first: 25, last: 25 });
  deepEqual(signatures.at(-1), { line: 24, text: "    def total(self):" });
});

Deno.test("createContextFinder() gives lines of the file and none of the piece, whatever the text", () => {
  fc.assert(fc.property(source, (text) => {
    const tree = parser.parse(text);
    const lines = linesOf(text);
    const find = createContextFinder(tree);
    for (const piece of splitIntoPieces(tree, { budget: 5, costOf: () => 1 })) {
      const { imports, signatures } = find(piece);
      for (const { line, text } of [...imports, ...signatures]) {
        equal(lines[line - 1], text);
        ok(line < piece.first || line > piece.last);
      }
    }
  }));
});
