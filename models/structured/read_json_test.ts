import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { readCode } from "../code_text.ts";
import { coerce } from "./coerce.ts";
import { describeSchema } from "./grammar_schema.ts";
import { readJson } from "./read_json.ts";

const schema = z.object({
  title: z.string(),
  steps: z.array(z.string()),
  size: z.enum(["low", "high"]),
  score: z.number().nullable(),
  parts: z.array(z.object({ name: z.string(), line: z.int() })),
});

const plain = { noNullPrototype: true };
const text = fc.string({ unit: "binary", maxLength: 30 });
const answer = fc.record({
  title: text,
  steps: fc.array(text, { maxLength: 4 }),
  size: fc.constantFrom("low", "high"),
  score: fc.option(fc.integer().map((n) => n / 4)),
  parts: fc.array(fc.record({ name: text, line: fc.integer() }, plain), { maxLength: 3 }),
}, plain);
/** Prose that a model may write, with brackets, quotes and code, but without a piece of JSON. */
const prose = fc.array(
  fc.oneof(
    fc.constantFrom(
      "I've ",
      "[see below] ",
      "{as asked}\n",
      '"so" ',
      "\n\n",
      "1. ",
      "(a) ",
      "`x` ",
    ),
    fc.stringMatching(/^[a-zA-Z .,;'"()<>=*#-]{0,20}$/),
  ),
  { maxLength: 8 },
).map((pieces) => pieces.join(""));

Deno.test("readJson() finds any answer in any prose again", () => {
  fc.assert(fc.property(answer, prose, prose, fc.nat(2), (value, before, after, indent) => {
    const reading = readJson(`${before}${JSON.stringify(value, null, indent)}${after}`, schema);
    assert.deepEqual(reading.ok && reading.value, value);
  }));
  fc.assert(fc.property(answer, prose, fc.nat(2), (value, before, indent) => {
    const json = JSON.stringify(value, null, indent);
    const reading = readJson(`${before}\n\`\`\`json\n${json}\n\`\`\`\nDone.`, schema);
    assert.deepEqual(reading.ok && reading.value, value);
  }));
});

Deno.test("readJson() takes no beginning of an answer", () => {
  fc.assert(fc.property(answer, prose, fc.double({ min: 0, max: 1 }), (value, before, share) => {
    const json = JSON.stringify(value);
    const cut = json.slice(0, Math.floor(share * (json.length - 1)));
    const reading = readJson(before + cut, schema);
    // Only the last bracket may be missing: by then everything has been said.
    assert.ok(!reading.ok || cut.length === json.length - 1, cut);
    if (reading.ok) assert.deepEqual(reading.value, value);
  }));
});

Deno.test("readJson() takes no beginning of an answer, wherever it ends", () => {
  const list = { name: "it's", line: 12 };
  const values = [
    { title: "A", steps: ["a", "b"], size: "low", score: 1, parts: [list] },
    { parts: [list, list], score: null, steps: [], size: "high", title: 'say "{[" there' },
    { steps: ["x"], parts: [], title: "T", size: "low", score: 12.5 },
  ];
  for (const json of values.flatMap((value) => [0, 2].map((n) => JSON.stringify(value, null, n)))) {
    const whole = json.trimEnd().slice(0, -1).trimEnd();
    for (let end = 0; end < whole.length; end++) {
      for (const text of [json.slice(0, end), `Sure:\n\`\`\`json\n${json.slice(0, end)}`]) {
        assert.equal(readJson(text, schema).ok, false, text);
      }
    }
  }
});

Deno.test("readJson() mends what models get wrong", () => {
  const good = { title: "A", steps: ["one"], size: "low", score: 1, parts: [] };
  const cases = [
    `{title: "A", steps: ["one"], size: "low", score: 1, parts: []}`,
    `{'title': 'A', 'steps': ['one'], 'size': 'low', 'score': 1, 'parts': []}`,
    `{"title": "A", "steps": ["one",], "size": "low", "score": 1, "parts": [],}`,
    `{"title": "A" "steps": ["one"] "size": "low" "score": 1 "parts": []}`,
    `{"title": "A", // why\n "steps": ["one"], /* x */ "size": "low", "score": 1, "parts": []}`,
    `{“title”: “A”, “steps”: [“one”], “size”: “low”, “score”: 1, “parts”: []}`,
    `{"title": "A", "steps": ["one"], "size": "low", "score": 1, "parts": []`,
    `{"title": "A", "steps": ["one"], "size": "low", "score": 1, "parts": []\n\nThe [values] fit.`,
    `{"parts": [], "title": "A", "size": "low", "score": 1, "steps": ["one"}\n\nThe [values] fit.`,
  ];
  for (const reply of cases) {
    const reading = readJson(reply, schema);
    assert.deepEqual(reading.ok && reading.value, good, reply);
  }
  const quoted = readJson(
    `{"title": "say "hi" or 5" more", "steps": ["a"], "size": "low", "score": 1, "parts": []}`,
    schema,
  );
  assert.equal(quoted.ok && quoted.value.title, `say "hi" or 5" more`);
});

Deno.test("readJson() mends a field before the schema's default stands for it", () => {
  const level = z.enum(["low", "medium", "high"]).catch("low");
  const loose = z.object({ level, share: z.number().catch(0) });
  for (const reply of ['{"level": "Hard", "share": "90%"}', '{"LEVEL": "high", "share": 90}']) {
    const reading = readJson(reply, loose);
    assert.deepEqual(reading.ok && reading.value, { level: "high", share: 90 });
  }
});

Deno.test("readJson() does not guess where a list ends", () => {
  const loose = z.object({ steps: z.array(z.string()), size: z.string().default("low") });
  const reading = readJson(`{"steps": ["a", "b", "size": "high"}`, loose);
  assert.equal(reading.ok, false);
});

Deno.test("readJson() says what is wrong with the answer that comes nearest", () => {
  const cases: [string, RegExp][] = [
    ["", /^no JSON in it$/],
    [`{"title": "A", "steps": ["x"]} or {"a": 1}`, /^size: .*; score: .*; parts: /],
    [
      `{"title": "A", "steps": [{"x": {}}], "size": "huge", "score": "?", "parts": [1]}`,
      /steps\.0/,
    ],
    [`{"title": "A", "steps": ["x`, /^its JSON has no end, or/],
  ];
  for (const [reply, problem] of cases) {
    const reading = readJson(reply, schema);
    assert.match(reading.ok ? "ok" : reading.problem, problem);
  }
});

Deno.test("readJson() prefers the fullest list", () => {
  const list = z.array(z.object({ line: z.int() }));
  const reading = readJson(`[] means none. See [1]. [{"line": 3}, {"line": "4"}]`, list);
  assert.deepEqual(reading.ok && reading.value, [{ line: 3 }, { line: 4 }]);
});

Deno.test("readJson() and readCode() end quickly and never throw on hostile text", () => {
  const units = [
    "[",
    "{",
    '{"',
    '{"a":',
    "{a:",
    "[[]]",
    "```",
    "```\n",
    "```json\n[",
    "~~~\n",
    '"',
  ];
  const more = [
    "\\",
    "[}",
    "{}",
    "/*",
    "'",
    " ",
    "\n",
    "a\n\n",
    '{"title":"x"}',
    "{“a”:",
    "\ud800",
  ];
  for (const unit of [...units, ...more]) {
    const deep = "[".repeat(1e5) + unit + "]".repeat(1e5);
    for (
      const hostile of [
        unit.repeat(1e6 / unit.length),
        deep,
        `{"title": ${deep}}`,
        `{"title": "${unit.repeat(3e4)}"}`,
      ]
    ) {
      const start = performance.now();
      readJson(hostile, schema);
      readCode(hostile, "python");
      const ms = performance.now() - start;
      assert.ok(ms < 3000, `${JSON.stringify(unit)}: ${ms} ms`);
    }
  }
});

Deno.test("readJson() and readCode() take any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "```",
      "\n",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "title",
      "steps",
      ":",
      ",",
      "\\",
      "1",
    ),
    fc.string(),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    readJson(pieces.join(""), schema);
    readCode(pieces.join(""), "python");
  }));
});

Deno.test("coerce() takes off no wrappers when no object is in them", () => {
  const described = describeSchema(schema);
  assert.deepEqual(coerce({ a: { b: { c: ["d"] } } }, described), {});
  for (const value of [["d"], [[["d"]]], [["d", "e"]]]) {
    assert.deepEqual(coerce(value, described), value);
  }
  const title = { title: "t" };
  for (const value of [[title], [{ a: [title] }], [JSON.stringify(title)]]) {
    assert.deepEqual(coerce(value, described), title);
  }
});

Deno.test("coerce() leaves what fits, takes any value, and stays within the schema's keys", () => {
  const described = describeSchema(schema);
  fc.assert(fc.property(answer, (value) => assert.deepEqual(coerce(value, described), value)));
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const made = coerce(value, described);
    assert.deepEqual(coerce(made, described), made);
  }));
});
