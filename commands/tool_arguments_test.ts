import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { parseArguments, readArguments } from "./tool_arguments.ts";

const SCHEMA = {
  type: "object",
  properties: {
    text: { type: "string" },
    n: { type: "integer" },
    flag: { type: "boolean" },
    list: { type: "array" },
    maybe: { type: ["number", "null"] },
    either: { type: ["number", "string"] },
    any: {},
  },
};

Deno.test("readArguments() reads texts as they are, and all else as JSON", () => {
  const pairs = ["text=1", "n=2", "flag=true", 'list=["a"]', "maybe=null", "either=3", "any=4"];
  assert.deepEqual(readArguments([...pairs, "unknown=a=b", "empty="], SCHEMA), {
    ...{ text: "1", n: 2, flag: true, list: ["a"], maybe: null, either: "3", any: "4" },
    ...{ unknown: "a=b", empty: "" },
  });
  assert.deepEqual(readArguments(["__proto__=x"], undefined), { ["__proto__"]: "x" });
});

Deno.test("readArguments() refuses what is no pair and no such value", () => {
  for (const pair of ["text", "=x", "n=two", "list=a", "flag="]) {
    assert.throws(() => readArguments([pair], SCHEMA), ToolError, pair);
  }
});

Deno.test("parseArguments() takes one object", () => {
  assert.deepEqual(parseArguments('{"a": [1]}'), { a: [1] });
  for (const text of ["", "{", "[]", "1", "null"]) {
    assert.throws(() => parseArguments(text), ToolError, text);
  }
});
