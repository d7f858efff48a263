import assert from "node:assert/strict";
import { z } from "zod";
import { checkArguments } from "./check_arguments.ts";

const tool = {
  name: "review_code",
  input: z.object({
    code: z.string(),
    line_length: z.int().min(1).max(320).default(100),
    style_guide: z.enum(["pep8", "google"]).default("pep8"),
    focus_areas: z.array(z.string()).default([]),
    detailed: z.boolean().optional(),
  }),
};

Deno.test("checkArguments() gives the arguments with their defaults", () => {
  assert.deepEqual(checkArguments(tool, { code: "x", detailed: true }), {
    code: "x",
    line_length: 100,
    style_guide: "pep8",
    focus_areas: [],
    detailed: true,
  });
});

Deno.test("checkArguments() lays configured values under the given ones", () => {
  const configured = { line_length: 80, style_guide: "google" };
  assert.deepEqual(checkArguments(tool, { code: "x", style_guide: "pep8" }, configured), {
    code: "x",
    line_length: 80,
    style_guide: "pep8",
    focus_areas: [],
  });
  const undefinedLength = { code: "x", line_length: undefined };
  assert.equal(checkArguments(tool, undefinedLength, configured).line_length, 80);
});

Deno.test("checkArguments() says of what is wrong that it is configured", () => {
  const configured = { line_length: 0, style_guide: "gogle" };
  assert.throws(() => checkArguments(tool, { code: "x", style_guide: "pep8" }, configured), {
    message: 'Cannot call "review_code": `line_length`, as configured: expected at least 1, got 0',
    hint: /devmcp config show/,
  });
  assert.throws(() => checkArguments(tool, { code: "x", line_length: -1 }, { line_length: 9 }), {
    message: 'Cannot call "review_code": `line_length`: expected at least 1, got -1',
  });
});

const table: [string, Record<string, unknown>, string][] = [
  ["a missing field", {}, "`code`: expected a string, but it is missing"],
  ["null", { code: null }, "`code`: expected a string, got null"],
  ["a number for a string", { code: 5 }, "`code`: expected a string, got 5"],
  [
    "a string for a number",
    { code: "", line_length: "80" },
    '`line_length`: expected a number, got "80"',
  ],
  ["a fraction", { code: "", line_length: 1.5 }, "`line_length`: expected a whole number, got 1.5"],
  ["too little", { code: "", line_length: 0 }, "`line_length`: expected at least 1, got 0"],
  ["too much", { code: "", line_length: 999 }, "`line_length`: expected at most 320, got 999"],
  [
    "a word that is no choice",
    { code: "", style_guide: "gogle" },
    '`style_guide`: expected one of pep8, google, got "gogle"; did you mean "google"?',
  ],
  [
    "a string for a list",
    { code: "", focus_areas: "style" },
    '`focus_areas`: expected a list, got "style"',
  ],
  [
    "a wrong item of a list",
    { code: "", focus_areas: ["a", 2] },
    "`focus_areas.1`: expected a string, got 2",
  ],
  ["a list", { code: ["x"] }, "`code`: expected a string, got a list"],
  [
    "a word for a truth value",
    { code: "", detailed: "yes" },
    '`detailed`: expected true or false, got "yes"',
  ],
  [
    "an unknown field",
    { code: "", styleGuide: "pep8" },
    '`styleGuide`: no such field; did you mean "style_guide"?',
  ],
  ["an unknown field like none", { code: "", banana: 1 }, "`banana`: no such field"],
  ["an inherited name", { code: "", toString: 1 }, "`toString`: no such field"],
  [
    "a long value, shortened",
    { code: "", style_guide: "x".repeat(1_000_000) },
    `\`style_guide\`: expected one of pep8, google, got "${"x".repeat(40)}…"`,
  ],
  [
    "all that is wrong",
    { code: 1, banana: 1 },
    "`code`: expected a string, got 1; `banana`: no such field",
  ],
];

for (const [what, given, problem] of table) {
  Deno.test(`checkArguments() tells of ${what}`, () => {
    assert.throws(() => checkArguments(tool, given), {
      name: "ToolError",
      message: `Cannot call "review_code": ${problem}`,
      hint: "it takes `code`, `line_length`, `style_guide`, `focus_areas`, `detailed`",
    });
  });
}

Deno.test("checkArguments() tells of __proto__ as a field, and is not changed by it", () => {
  const given = JSON.parse('{"code":"","__proto__":{"detailed":true}}');
  assert.throws(() => checkArguments(tool, given), /`__proto__`: no such field/);
});

Deno.test("checkArguments() tells of twenty problems and counts the rest", () => {
  const focus_areas = Array.from({ length: 1000 }, () => 5);
  assert.throws(() => checkArguments(tool, { code: "", focus_areas }), (error: Error) => {
    assert.match(error.message, /focus_areas\.19`.*; and 980 more$/);
    assert.ok(error.message.length < 2000);
    return true;
  });
});
