import assert from "node:assert/strict";
import fc from "fast-check";
import sample from "../oracles/recorded/radon_sample.json" with { type: "json" };
import { type ComplexityReport, measureComplexity } from "./complexity.ts";
import { parser } from "./syntax/parser_fixture.ts";

const measure = (source: string) => measureComplexity(parser.parse(source));

interface Truth {
  error?: string;
  cyclomatic?: number;
  functions?: unknown[];
  classes?: unknown[];
  halstead?: number[];
  raw?: number[];
  mi?: number;
}

Deno.test("measureComplexity() agrees with radon on everything it measures", async (t) => {
  for (
    const { name, source, radon } of sample as { name: string; source: string; radon: Truth }[]
  ) {
    await t.step(name, () => {
      const ours = measure(source);
      if (!radon.error) assertSameStructure(ours, radon);
      assert.deepEqual(ours.raw && Object.values(ours.raw), radon.raw ?? null);
      if (radon.mi === undefined) return;
      assert.ok(Math.abs(ours.maintainabilityIndex! - radon.mi) < 1e-9, `${radon.mi}`);
    });
  }
});

function assertSameStructure(ours: ComplexityReport, radon: Truth): void {
  assert.equal(ours.cyclomatic, radon.cyclomatic);
  assert.deepEqual(definitions(ours.functions), radon.functions);
  assert.deepEqual(definitions(ours.classes), radon.classes);
  Object.values(ours.halstead!).forEach((value, i) => {
    assert.ok(Math.abs(value - radon.halstead![i]!) < 1e-9, Object.keys(ours.halstead!)[i]);
  });
}

function definitions(list: { line: number; name: string; cyclomatic: number }[]) {
  return list
    .map(({ line, name, cyclomatic }) => [line, name.slice(name.lastIndexOf(".") + 1), cyclomatic])
    .sort((a, b) => Number(a[0]) - Number(b[0]));
}

Deno.test("measureComplexity() describes functions and classes", () => {
  const { functions, classes, moduleDocumented } = measure(`"""About."""

class A:
    """Documented."""

    async def b(self, x, /, *, y: int = 1, **z):
        """Documented."""
        with x:
            for i in y:
                if i:
                    pass
                elif z:
                    pass

    def _c(): pass

class _D:
    def e(self): f"no docstring"

@decorated
def f(*a):
    def g():
        "joined" "docstring"
    return g
`);
  assert.equal(moduleDocumented, true);
  const columns = functions.map((
    { name, line, endLine, column, length, parameters, nesting, documented, public: open, kind },
  ) => [name, line, endLine, column, length, parameters, nesting, documented, open, kind]);
  assert.deepEqual(columns, [
    ["A.b", 6, 13, 5, 8, 4, 3, true, true, "method"],
    ["A._c", 15, 15, 5, 1, 0, 0, false, false, "method"],
    ["_D.e", 18, 18, 5, 1, 1, 0, false, false, "method"],
    ["f", 21, 24, 1, 4, 1, 0, false, true, "function"],
    ["f.g", 22, 23, 5, 2, 0, 0, true, false, "function"],
  ]);
  assert.deepEqual(classes.map((c) => [c.name, c.line, c.endLine, c.documented, c.public]), [
    ["A", 3, 15, true, true],
    ["_D", 17, 18, false, false],
  ]);
});

Deno.test("measureComplexity() measures what parses and says what it could not", () => {
  const { functions, halstead, maintainabilityIndex, maintainabilityRank, notMeasured } = measure(
    "def f(a):\n    if a:\n        return 1\n\nx = $\n\ndef g():\n    pass\n",
  );
  assert.deepEqual(functions.map(({ name, cyclomatic }) => [name, cyclomatic]), [["f", 2], [
    "g",
    1,
  ]]);
  assert.deepEqual([halstead, maintainabilityIndex, maintainabilityRank], [null, null, null]);
  assert.match(notMeasured.join("\n"), /syntax error at line 5, column/);
});

Deno.test("measureComplexity() knows that Python 2 is not Python", () => {
  for (const statement of ["print 'a'", "exec 'a'", "exec a in b"]) {
    assert.match(measure(`x = 1\n${statement}\n`).notMeasured[0]!, /Python 2 statement at line 2/);
  }
  assert.deepEqual(measure("print('a')\nprint >> f, a\nexec('a')\n").notMeasured, []);
});

const HOSTILE: Record<string, () => string> = {
  "nested parentheses": () => "x = " + "(".repeat(2000) + "1" + ")".repeat(2000),
  "parentheses that never close": () => "(".repeat(20_000),
  "a sum of 50,000": () => "x = " + new Array(50_000).fill("a").join(" + "),
  "an or of 50,000": () => "x = " + new Array(50_000).fill("a").join(" or "),
  "50,000 ternaries": () => "x = " + "a if b else ".repeat(50_000) + "a",
  "50,000 decorators": () => "@a\n".repeat(50_000) + "def f(): pass\n",
  "50,000 handlers": () => "try: pass\n" + "except a: pass\n".repeat(50_000) + "else: pass\n",
  "a statement over 50,000 lines": () => "x = [\n" + "1,\n".repeat(50_000) + "]\n",
  "a line of 1 MB": () => "x = '" + "a".repeat(2 ** 20) + "'",
  "300 functions inside one another": () =>
    Array.from({ length: 300 }, (_, i) => " ".repeat(i) + "def f():\n").join("") +
    " ".repeat(300) + "pass",
};

for (const [name, make] of Object.entries(HOSTILE)) {
  Deno.test(`measureComplexity() takes ${name}`, () => {
    assert.ok(measure(make()).cyclomatic >= 1);
  });
}

/** Pieces of Python in any order: closer to the grammar's corners than random characters. */
const pythonLike = fc.array(
  fc.constantFrom(
    ..."if elif else for while try except finally match case def class lambda with async await"
      .split(" "),
    ..."x f _ 1 1.5 'a' f'{ } \"\"\" ( ) [ ] { } : ; , . = == := + - * ** not and or in is @ # \\"
      .split(" "),
    "\n",
    "\n    ",
    "\n  ",
    " ",
    "\r",
    "\t",
    "\0",
    "é",
    "𝐱",
    "\u2028",
  ),
  { maxLength: 60 },
).map((pieces) => pieces.join(" "));

Deno.test("measureComplexity() never throws", () => {
  fc.assert(
    fc.property(fc.oneof(pythonLike, fc.string({ unit: "binary" })), (source) => {
      const { cyclomatic, cognitive, raw, functions } = measure(source);
      assert.ok(cyclomatic >= 1 && cognitive >= 0);
      assert.ok(functions.every(({ line, endLine, length }) => line <= endLine && length >= 1));
      if (raw) {
        assert.equal(raw.loc, raw.sloc + raw.blank + raw.multi + raw.singleComments);
      }
    }),
    { numRuns: 300 },
  );
});
