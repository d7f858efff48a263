import assert from "node:assert/strict";
import fc from "fast-check";
import {
  escapeReferences,
  type ReferenceScope,
  referencesIn,
  resolveReferences,
} from "./references.ts";

const SCOPE: ReferenceScope = {
  results: new Map([
    ["step1", {
      ok: true,
      text: "one",
      data: { code: "x = 1", issues: [{ message: "bad", line: 3 }], n: 4 },
    }],
    ["step2", { ok: true, text: "{{step1.code}}", data: { text: "own" } }],
    ["step3", { ok: false, text: "it broke" }],
    ["step4", { ok: true, text: "four" }],
  ]),
  values: { last: { code: "y = 2" } },
  files: new Map([["a b.py", "z = 3"]]),
};

Deno.test("resolveReferences() puts in what references stand for", () => {
  const table: [unknown, unknown][] = [
    ["{{step1.code}}", "x = 1"],
    ["{{ step1.code }}", "x = 1"],
    [" {{step1.n}} ", 4],
    ["{{step1.issues}}", [{ message: "bad", line: 3 }]],
    ["{{step1.issues.0.message}}", "bad"],
    ["{{step1}}", "one"],
    ["{{step1.text}}", "one"],
    ["{{step2.text}}", "own"],
    ["a {{step1.n}} b {{step1.code}}", "a 4 b x = 1"],
    ["{prev_result}", "four"],
    ["see {prev_result}!", "see four!"],
    ["{{last.code}}", "y = 2"],
    ["{{file:a b.py}}", "z = 3"],
    // What models write when they forget something.
    ["{step1.code}", "x = 1"],
    ["step1.code", "x = 1"],
    ["$step1.code", "x = 1"],
    ["<step1.code>", "x = 1"],
    // A value that is put in is not searched again.
    ["{{step2}}", "{{step1.code}}"],
    ["<{{step2}}>", "<{{step1.code}}>"],
    // No references.
    ["{{}} {x} {{ a b }} $1 $&", "{{}} {x} {{ a b }} $1 $&"],
    ["the step1 was fine", "the step1 was fine"],
    [5, 5],
    [null, null],
    [["{{step1.n}}", { deep: "{{step1}}" }], [4, { deep: "one" }]],
  ];
  for (const [given, wanted] of table) {
    const resolved = resolveReferences({ value: given }, SCOPE);
    assert.deepEqual(resolved, { ok: true, value: { value: wanted } }, JSON.stringify(given));
  }
});

Deno.test("resolveReferences() says in one line what a reference cannot reach", () => {
  const table = [
    ["{{step9}}", 'Cannot use "{{step9}}": no such step or value'],
    ["{{step1.cod}}", 'Cannot use "{{step1.cod}}": it has code, issues, n'],
    ["{{step3.code}}", 'Cannot use "{{step3.code}}": that step failed'],
    ["{{step4.code}}", 'Cannot use "{{step4.code}}": there is nothing in it'],
    ["{{step1.code.x}}", 'Cannot use "{{step1.code.x}}": it has no fields'],
    ["{{last.tests}}", 'Cannot use "{{last.tests}}": it has code'],
    ["{{file:b.py}}", 'Cannot use "{{file:b.py}}": it cannot be read'],
    ["{{constructor}}", 'Cannot use "{{constructor}}": no such step or value'],
    ["{{last.constructor}}", 'Cannot use "{{last.constructor}}": it has code'],
    ["{{step1.__proto__}}", 'Cannot use "{{step1.__proto__}}": it has code, issues, n'],
    ["{{__proto__.polluted}}", 'Cannot use "{{__proto__.polluted}}": no such step or value'],
    ["{{step1.issues.length}}", null],
  ] as const;
  for (const [given, problem] of table) {
    const resolved = resolveReferences({ value: given }, SCOPE);
    if (problem === null) assert.ok(resolved.ok); // an array's own property
    else assert.deepEqual(resolved, { ok: false, problem });
  }
});

Deno.test("resolveReferences() never throws, and leaves texts without references alone", () => {
  const text = fc.oneof(
    fc.string(),
    fc.array(
      fc.constantFrom(
        "{{",
        "}}",
        "step1",
        ".",
        "code",
        "__proto__",
        " ",
        "{prev_result}",
        "file:",
        "a",
      ),
    ).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(text, fc.jsonValue())), (args) => {
      const resolved = resolveReferences(args, SCOPE);
      if (resolved.ok && referencesIn(args).length === 0 && !/step/.test(JSON.stringify(args))) {
        assert.deepEqual(resolved.value, { ...args });
      }
      if (!resolved.ok) assert.match(resolved.problem, /^Cannot use [^\n]+$/);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("resolveReferences() gives any result back unchanged", () => {
  fc.assert(fc.property(fc.jsonValue(), (data) => {
    const scope = {
      ...SCOPE,
      results: new Map([["step1", { ok: true, text: "", data: { v: data } }]]),
    };
    const resolved = resolveReferences({ value: "{{step1.v}}" }, scope as ReferenceScope);
    assert.deepEqual(resolved, { ok: true, value: { value: data } });
  }));
});

Deno.test("escapeReferences() makes any text mere text", () => {
  const part = fc.constantFrom(
    "{{",
    "}}",
    "step1",
    ".code",
    "\\",
    "{prev_result}",
    " ",
    "{{step1}}",
  );
  const parts = fc.array(part).map((parts) => parts.join(""));
  const text = fc.oneof(fc.string(), parts, parts.map((said) => `<${said}>`));
  fc.assert(
    fc.property(text, (said) => {
      const value = escapeReferences({ said: [said] });
      assert.deepEqual(referencesIn(value), []);
      assert.deepEqual(resolveReferences(value, SCOPE), { ok: true, value: { said: [said] } });
    }),
    { numRuns: 2_000, examples: [["step1.code"], ["<step1.code>"], ["\\step1.code"]] },
  );
});

Deno.test("referencesIn() lists the paths", () => {
  assert.deepEqual(referencesIn({ a: "{{step1.x.0}} {prev_result}", b: ["{{file:a b.py}}"] }), [
    ["step1", "x", "0"],
    ["prev_result"],
    ["file", "a b.py"],
  ]);
});
