import assert from "node:assert/strict";
import { createLineIndex } from "./line_index.ts";

Deno.test("createLineIndex() knows \\n, \\r\\n and \\r", () => {
  const text = "ab\nc\r\n\rd𝐱";
  const lines = createLineIndex(text);
  const places = [...text].map((_, i) => `${lines.lineAt(i)}:${lines.columnAt(i)}`);
  assert.deepEqual(places, ["1:1", "1:2", "1:3", "2:1", "2:2", "2:3", "3:1", "4:1", "4:2"]);
  assert.deepEqual([lines.lineAt(text.length), lines.columnAt(text.length)], [4, 4]);
});
