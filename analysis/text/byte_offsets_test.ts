import assert from "node:assert/strict";
import fc from "fast-check";
import { createByteOffsets } from "./byte_offsets.ts";

Deno.test("createByteOffsets() finds the unit of a byte", () => {
  const at = createByteOffsets("aé😀€b");
  //            a é(2) 😀(4)      €(3)    b  end beyond
  const expected = [0, 1, 1, 2, 2, 2, 2, 4, 4, 4, 5, 6, 6];
  assert.deepEqual(expected.map((_, byte) => at(byte)), expected);
  assert.equal(createByteOffsets("abc")(2), 2);
  assert.equal(createByteOffsets("abc")(9), 3);
  assert.equal(createByteOffsets("")(0), 0);
});

Deno.test("createByteOffsets() agrees with the encoder at every character", () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.string({ unit: "binary", maxLength: 1 }),
      fc.constantFrom("\r\n", "\uFEFF", "😀", "é", "\ud800"),
    ),
  });
  fc.assert(fc.property(text, (text) => {
    const at = createByteOffsets(text);
    for (let unit = 0; unit <= text.length; unit++) {
      if (isInsidePair(text, unit)) continue;
      assert.equal(at(new TextEncoder().encode(text.slice(0, unit)).length), unit);
    }
  }));
});

function isInsidePair(text: string, unit: number): boolean {
  return unit > 0 && text.codePointAt(unit - 1)! > 0xffff;
}
