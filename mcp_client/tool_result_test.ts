import { deepEqual, equal, match } from "node:assert/strict";
import { MAX_TEXT, readResult } from "./tool_result.ts";

const LONG = "x".repeat(2 * 1024 * 1024);
const result = { content: [{ type: "text" as const, text: LONG }], structuredContent: { LONG } };

Deno.test("readResult() cuts what is too long for a person and a model", () => {
  const { text, data } = readResult(result, {});
  equal(text.length < MAX_TEXT + 200, true);
  match(text, /the structured result of \d+ characters is left out/);
  equal(data, undefined);
});

Deno.test("readResult() leaves nothing out where there are no bounds", () => {
  const { text, data } = readResult(result, {}, { maxText: Infinity, maxData: Infinity });
  equal(text, LONG);
  deepEqual(data, { LONG });
});
