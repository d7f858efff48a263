import { equal, match, throws } from "node:assert/strict";
import { findKey } from "./keys.ts";
import type { ToolError } from "./tool_error.ts";

Deno.test("findKey() finds keys, and says what another name may have meant", () => {
  equal(findKey("model.code.model").name, "model.code.model");
  const table: [string, RegExp][] = [
    [
      "model.code.modle",
      /^Cannot use "model.code.modle": no such key; did you mean "model.code.model"\?$/,
    ],
    ["timeout_seconds", /did you mean "model.timeout_seconds"\?$/],
    ["model.timeout", /did you mean "model.timeout_seconds"\?$/],
    ["model.code", /^Cannot use "model.code": it is a section$/],
    ["", /^Cannot use "": no such key$/],
    ["banana", /^Cannot use "banana": no such key$/],
    ["constructor", /no such key$/],
    ["__proto__", /no such key$/],
    ["x".repeat(1000), /^Cannot use "x{60}…": no such key$/],
  ];
  for (const [name, message] of table) {
    throws(() => findKey(name), (error: ToolError) => {
      match(error.message, message);
      equal(typeof error.hint, "string");
      return true;
    });
  }
});
