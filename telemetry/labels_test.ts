import assert from "node:assert/strict";
import { boundLabels, httpMethod, mcpMethod, OTHER } from "./labels.ts";

Deno.test("mcpMethod() and httpMethod() know methods, and one name for all else", () => {
  assert.deepEqual(["tools/call", "TOOLS/CALL", "__proto__", ""].map(mcpMethod), [
    "tools/call",
    ...[OTHER, OTHER, OTHER],
  ]);
  assert.deepEqual(["POST", "post", "BREW"].map(httpMethod), ["POST", OTHER, OTHER]);
});

Deno.test("boundLabels() tells so many values apart", () => {
  const label = boundLabels(2);
  assert.deepEqual(["a", "x".repeat(200), "b", "c", "a"].map(label), ["a", OTHER, "b", OTHER, "a"]);
});
