import assert from "node:assert/strict";
import type { ToolEntry } from "../tools/mod.ts";
import { enabledTools } from "./enabled_tools.ts";

const tools = ["format_code", "review_code"].map((name) => ({ name } as ToolEntry));

Deno.test("enabledTools() gives what is named, and everything when nothing is", () => {
  const namesOf = (enabled?: string[]) => enabledTools(tools, enabled).map(({ name }) => name);
  assert.deepEqual(namesOf(), ["format_code", "review_code"]);
  assert.deepEqual(namesOf([]), ["format_code", "review_code"]);
  assert.deepEqual(namesOf(["review_code"]), ["review_code"]);
});

Deno.test("enabledTools() refuses a name that is no tool", () => {
  assert.throws(() => enabledTools(tools, ["review_cod"]), {
    message: 'Cannot offer "review_cod": no such tool; did you mean "review_code"?',
  });
});
