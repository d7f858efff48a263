import assert from "node:assert/strict";
import fc from "fast-check";
import { measureRaw } from "./raw_metrics.ts";

/** What radon is known for, besides the recorded table in complexity_test.ts. Logical lines only. */
const LOGICAL: [source: string, lloc: number][] = [
  ["", 0],
  ["# comment", 0],
  ["x = 1", 1],
  ["x = 1; y = 2;", 2],
  ["if a:", 1],
  ["if a: b", 2],
  ["if a: b; c", 2],
  ["x = {1: 2}", 2],
  ["x[1:]", 2],
  ["(y := 1)", 1],
  ["if a:  # comment", 1],
];

for (const [source, lloc] of LOGICAL) {
  Deno.test(`measureRaw() counts ${lloc} logical lines in ${JSON.stringify(source)}`, () => {
    assert.equal(measureRaw(source)!.lloc, lloc);
  });
}

Deno.test("measureRaw() tells lines apart", () => {
  assert.deepEqual(measureRaw('"""a\n\nb"""\n\n# c\nx = 1  # d\n"e"\ny = """f\n\n"""\n'), {
    loc: 10,
    lloc: 4,
    sloc: 3,
    comments: 2,
    multi: 2,
    blank: 3,
    singleComments: 2,
  });
});

Deno.test("measureRaw() takes a byte order mark for nothing", () => {
  assert.deepEqual(measureRaw("\ufeffx = 1\n"), measureRaw("x = 1\n"));
});

for (
  const source of [
    "x = 'a",
    "x = '''a",
    "x = (",
    "x = )",
    "x = 1 \\",
    "x = $",
    "x ! y",
    "x = 1 \\ + 2",
    "'a\\\n\n'",
    "x\u00a0= 1",
  ]
) {
  Deno.test(`measureRaw() is undefined for ${JSON.stringify(source)}`, () => {
    assert.equal(measureRaw(source), undefined);
  });
}

Deno.test("measureRaw() counts each line of a text once", () => {
  const line = fc.constantFrom(
    "",
    "  ",
    "x = 1",
    "# c",
    "'s'",
    "if a: b",
    "f(1, '#')  # d",
    "'''t'''",
  );
  fc.assert(fc.property(fc.array(line), (lines) => {
    assert.equal(measureRaw(lines.map((text) => text + "\n").join(""))!.loc, lines.length);
  }));
});
