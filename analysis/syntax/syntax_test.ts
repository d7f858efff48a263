import assert from "node:assert/strict";
import fc from "fast-check";
import { Language, Parser } from "web-tree-sitter";
import { loadAsset } from "../../assets/load.ts";
import { parser } from "./parser_fixture.ts";
import { createParser, MAX_ERRORS, type SyntaxTree } from "./syntax.ts";
import { Kind, mapGrammar } from "../python/syntax_kinds.ts";
import { textOf } from "./syntax_nodes.ts";

function nodesOf(tree: SyntaxTree, kind: number): string[] {
  return [...tree.kind.keys()].filter((node) => tree.kind[node] === kind).map((node) =>
    textOf(tree, node)
  );
}

Deno.test("parse() counts offsets in UTF-16 units", () => {
  const tree = parser.parse("x = 'ä𝐱€' + ñ𝐱  # 𝐱\ny = z");
  assert.deepEqual(nodesOf(tree, Kind.identifier), ["x", "ñ𝐱", "y", "z"]);
  assert.deepEqual(nodesOf(tree, Kind.string), ["'ä𝐱€'"]);
});

Deno.test("parse() looks into f-strings and not into others", () => {
  const tree = parser.parse("a = f'{b:{c}}' rF'{d}' fr\"{e}\" r'{f}' b'{g}' '{h}'");
  assert.deepEqual(nodesOf(tree, Kind.identifier), ["a", "b", "c", "d", "e"]);
});

Deno.test("parse() ends lines at lone carriage returns, as Python does", () => {
  assert.deepEqual(nodesOf(parser.parse("if a:\r    b\rc"), Kind.block), ["b"]);
});

Deno.test("parse() says where the text is not Python", () => {
  const cases: [source: string, line: number, column: number, message: string][] = [
    ["x = 1\ny = $\n", 2, 1, 'cannot parse "y = $"'],
    ["def f(:\n    pass\n", 1, 7, 'expected ")"'],
    ["x = (1,\n", 1, 1, 'cannot parse "x = (1,"'],
    ["é = 1\r\nif é\r\n  pass", 2, 1, 'cannot parse "if é"'],
    ["𝐱 = 1; x ==== 2\n", 1, 11, 'cannot parse "=="'],
  ];
  for (const [source, line, column, message] of cases) {
    const [error] = parser.parse(source).errors;
    assert.deepEqual([error?.line, error?.column, error?.message], [line, column, message]);
  }
  assert.deepEqual(parser.parse("x = 1\n").errors, []);
});

Deno.test("parse() says at most so many errors", () => {
  assert.equal(parser.parse("x ==== 2\n".repeat(MAX_ERRORS * 2)).errors.length, MAX_ERRORS);
});

Deno.test("parse() gives a tree whose arrays fit together", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (source) => {
      const { size, text, kind, start, end, parent, next } = parser.parse(source);
      assert.ok(size >= 1 && text === source);
      assert.deepEqual([kind.length, start.length, end.length, next.length], [
        size,
        size,
        size,
        size,
      ]);
      assert.equal(next[0], size);
      for (let node = 1; node < size; node++) {
        const above = parent[node]!;
        assert.ok(above < node && next[node]! > node && next[node]! <= next[above]!);
        assert.ok(start[node]! <= end[node]! && end[node]! <= text.length);
        assert.ok(start[above]! <= start[node]! && end[node]! <= end[above]!);
      }
    }),
    { numRuns: 300 },
  );
});

const SOURCE = `@a
class B(C):
    async def d(self, *, e: int = 1) -> None:
        return [f for f in g if h or -i ** 2] and not (j <= k)
`;

Deno.test("parse() sees the same tree as the library's own cursor", async () => {
  const language = await Language.load(await loadAsset("tree-sitter-python.wasm"));
  const tree = new Parser().setLanguage(language).parse(SOURCE)!;
  const cursor = tree.walk();
  const expected: string[] = [];
  do {
    if (Object.hasOwn(Kind, cursor.nodeType) && cursor.nodeIsNamed) {
      expected.push(`${cursor.nodeType} ${cursor.startIndex}-${cursor.endIndex}`);
    }
  } while (cursor.gotoFirstChild() || gotoNext(cursor));
  cursor.delete();
  tree.delete();
  const ours = parser.parse(SOURCE);
  const names = new Map(Object.entries(Kind).map(([name, kind]) => [kind as number, name]));
  const actual = [...ours.kind.keys()]
    .filter((node) => ours.kind[node] !== Kind.other && names.has(ours.kind[node]!))
    .map((node) => `${names.get(ours.kind[node]!)} ${ours.start[node]}-${ours.end[node]}`);
  assert.deepEqual(actual, expected);
});

function gotoNext(cursor: { gotoNextSibling(): boolean; gotoParent(): boolean }): boolean {
  while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return false;
  return true;
}

Deno.test("parse() gives the WASM memory back", () => {
  const source = "x = [a, b, c]\n".repeat(5000); // 6 MB of tree
  parser.parse(source);
  const growth = () => {
    const before = Deno.memoryUsage().rss;
    for (let i = 0; i < 15; i++) parser.parse(source);
    return Deno.memoryUsage().rss - before;
  };
  // Other tests of the same process grow too, at times; a leak would show every time.
  assert.ok([growth, growth, growth, growth].some((grown) => grown() < 50 * 2 ** 20));
});

Deno.test("createParser() gives up on what takes too long, and goes on with the next", async () => {
  let patience = -1;
  const { parse } = await createParser(
    await loadAsset("tree-sitter.wasm"),
    await loadAsset("tree-sitter-python.wasm"),
    mapGrammar,
    () => patience,
  );
  assert.throws(() => parse("x = 1\n".repeat(1000)), /takes longer than/);
  patience = Infinity;
  assert.deepEqual(parse("x = 1\n").errors, []);
});
