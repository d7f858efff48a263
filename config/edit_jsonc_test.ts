import assert from "node:assert/strict";
import fc from "fast-check";
import { cutFromJsonc, getInJsonc, type Json, JsoncProblem, setInJsonc } from "./edit_jsonc.ts";

const PATH = ["servers", "own"];
const ENTRY = { command: "/bin/own", args: ["serve"] };

const WRITTEN: Record<string, [before: string, after: string]> = {
  "nothing": ["", '{\n  "servers": {\n    "own": 1\n  }\n}\n'],
  "an empty object": ["{}", '{\n  "servers": {\n    "own": 1\n  }\n}'],
  "other keys": ['{\n\t"a": 1\n}\n', '{\n\t"a": 1,\n\t"servers": {\n\t\t"own": 1\n\t}\n}\n'],
  "other entries": [
    '{\n  "servers": {\n    "a": {}\n  }\n}',
    '{\n  "servers": {\n    "a": {},\n    "own": 1\n  }\n}',
  ],
  "a trailing comma": [
    '{\n  "servers": {\n    "a": {},\n  },\n}',
    '{\n  "servers": {\n    "a": {},\n    "own": 1,\n  },\n}',
  ],
  "a comment behind the last": [
    '{\n  "servers": {\n    "a": {} // mine\n    // end\n  }\n}',
    '{\n  "servers": {\n    "a": {}, // mine\n    "own": 1\n    // end\n  }\n}',
  ],
  "only comments": [
    '{\n  "servers": {\n    // none\n  }\n}',
    '{\n  "servers": {\n    // none\n    "own": 1\n  }\n}',
  ],
  "one line": ['{"servers": {"a": 1}}', '{"servers": {"a": 1, "own": 1}}'],
  "one line with a comment": [
    '{"servers": {"a": 1 // x\n}}',
    '{"servers": {"a": 1, // x\n"own": 1\n}}',
  ],
  "Windows": [
    '{\r\n  "servers": {\r\n    "a": 1\r\n  }\r\n}\r\n',
    '{\r\n  "servers": {\r\n    "a": 1,\r\n    "own": 1\r\n  }\r\n}\r\n',
  ],
  "one that is there": [
    '{ "servers": { "own": { "x": 2 }, /* b */ "b": 3 } }',
    '{ "servers": { "own": 1, /* b */ "b": 3 } }',
  ],
};

for (const [name, [before, after]] of Object.entries(WRITTEN)) {
  Deno.test(`setInJsonc() writes into ${name}`, () => {
    assert.equal(setInJsonc(before, PATH, 1), after);
    assert.equal(getInJsonc(after, PATH), 1);
  });
}

const CUT: Record<string, [before: string, after: string]> = {
  "the only one": ['{\n  "servers": {\n    "own": 1\n  }\n}', '{\n  "servers": {}\n}'],
  "the first": [
    '{"servers": {\n  // own\n  "own": 1,\n  "b": 2\n}}',
    '{"servers": {\n  // own\n  "b": 2\n}}',
  ],
  "the last": ['{"servers": { "a": 1, "own": 2 }}', '{"servers": { "a": 1 }}'],
  "none": ['{"servers": { "a": 1 }}', '{"servers": { "a": 1 }}'],
  "none of a text": ['{"servers": "own"}', '{"servers": "own"}'],
  "one with its comment, which stays": [
    '{"servers": {\n  "a": 1, // a\n  "own": 2 // o\n}}',
    '{"servers": {\n  "a": 1 // a\n   // o\n}}',
  ],
};

for (const [name, [before, after]] of Object.entries(CUT)) {
  Deno.test(`cutFromJsonc() takes out ${name}`, () => {
    assert.equal(cutFromJsonc(before, PATH), after);
    assert.equal(getInJsonc(after, PATH), undefined);
  });
}

Deno.test("setInJsonc() writes into nothing that is broken, and says where", () => {
  const wrong: [text: string, problem: RegExp][] = [
    ["{", /no JSON: close brace expected in line 1/],
    ['{\n  "a": 1\n  "b": 2\n}', /no JSON: comma expected in line 3/],
    ["[]", /no JSON object/],
    ["// only\n", /no JSON/],
    ['{"servers": []}', /"servers" is no object/],
    ['{"servers": {}, "servers": {}}', /"servers" twice/],
    ['{"servers": {"own": 1, "own": 2}}', /"own" twice/],
    ["[".repeat(100_000), /nests deeper/],
  ];
  for (const [text, problem] of wrong) {
    for (const change of [() => setInJsonc(text, PATH, 1), () => cutFromJsonc(text, PATH)]) {
      if (text.includes("[]") && text.includes("servers") && change.toString().includes("cut")) {
        continue; // nothing of ours is in a list
      }
      assert.throws(
        change,
        (error) => error instanceof JsoncProblem && problem.test(error.message),
      );
    }
  }
});

/** A JSON text as people write it: comments, trailing commas, any white space. */
function written(value: Json, pieces: () => string, comma: () => boolean): string {
  const gap = pieces;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const items = Object.entries(value).map(([key, one]) =>
    `${gap()}${isList ? "" : `${JSON.stringify(key)}${gap()}:${gap()}`}${
      written(one!, pieces, comma)
    }${gap()}`
  );
  const end = items.length > 0 && comma() ? `,${gap()}` : gap();
  return `${isList ? "[" : "{"}${items.join(",")}${end}${isList ? "]" : "}"}`;
}

const GAPS = [
  "",
  "",
  " ",
  "\n",
  "\n  ",
  "\t",
  "\r\n",
  " // a , } comment\n",
  "/* { */",
  "\n/*\n*/ ",
];
const KEYS = ["servers", "own", "other", "__proto__", "a b", '"', "}"];
const json = fc.letrec<{ any: Json; object: Json }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Json>(1, "x, } // y", null, true),
    fc.array(tie("any"), { maxLength: 3 }),
    tie("object"),
  ),
  object: fc.uniqueArray(fc.tuple(fc.constantFrom(...KEYS), tie("any")), {
    maxLength: 4,
    selector: ([key]) => key,
  }).map((entries) => Object.fromEntries(entries)),
})).object;

/** Text, comments and white space of all but one entry, in order. */
function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}

Deno.test("setInJsonc() changes one value of any text, and cutFromJsonc() takes it out again", () => {
  const gaps = fc.infiniteStream(fc.constantFrom(...GAPS));
  fc.assert(fc.property(json, gaps, fc.infiniteStream(fc.boolean()), (value, gaps, commas) => {
    const text = written(value, () => gaps.next().value, () => commas.next().value);
    const { servers } = value as Record<string, Json>;
    const isObject = typeof servers === "object" && servers !== null && !Array.isArray(servers);
    if (servers !== undefined && !isObject) {
      return assert.throws(() => setInJsonc(text, PATH, ENTRY), JsoncProblem);
    }
    const set = setInJsonc(text, PATH, ENTRY);
    const expected = { ...value as object, servers: { ...servers as object, own: ENTRY } };
    assert.deepEqual(getInJsonc(set, []), expected);
    const had = isObject && Object.hasOwn(servers, "own");
    const cut = cutFromJsonc(set, PATH);
    if (isObject && !had) assert.equal(squeezed(cut), squeezed(text));
    assert.equal(getInJsonc(cut, PATH), undefined);
    const comments = (text: string) => text.match(/\/\/ a , } comment|\/\* { \*\//g);
    assert.deepEqual(comments(cut), comments(had ? cutFromJsonc(text, PATH) : text));
  }));
});
