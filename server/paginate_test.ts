import assert from "node:assert/strict";
import fc from "fast-check";
import { paginate } from "./paginate.ts";

Deno.test("paginate() gives every entry once, whatever the sizes", () => {
  fc.assert(fc.property(fc.nat(50), fc.integer({ min: 1, max: 20 }), (length, size) => {
    const all = Array.from({ length }, (_, i) => i);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = paginate(all, cursor, size);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.deepEqual(seen, all);
  }));
});

Deno.test("paginate() refuses cursors that are not its own", () => {
  for (const cursor of ["", "x", btoa("from -1"), btoa("from 4"), btoa("from 1e1"), "\u00e9"]) {
    assert.throws(() => paginate([1, 2, 3], cursor), { code: -32602 }, cursor);
  }
});
