import assert from "node:assert/strict";
import fc from "fast-check";
import { createToPosition } from "./utf16_columns.ts";

Deno.test("createToPosition() turns columns in bytes into columns in UTF-16 units", () => {
  const encoder = new TextEncoder();
  fc.assert(fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.nat(), (lines, cut) => {
    const clean = lines.map((line) => line.replace(/[\r\n]/g, " "));
    const toPosition = createToPosition(clean.join("\n"));
    clean.forEach((line, index) => {
      const points = Array.from(line);
      const before = points.slice(0, cut % (points.length + 1)).join("");
      const column = encoder.encode(before).length + 1;
      const expected = { line: index + 1, column: before.length + 1 };
      assert.deepEqual(toPosition({ row: index + 1, column }), expected);
    });
  }));
});

Deno.test("createToPosition() takes places beyond the text", () => {
  assert.deepEqual(createToPosition("é")({ row: 3, column: 1 }), { line: 3, column: 1 });
});
