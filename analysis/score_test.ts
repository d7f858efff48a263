import assert from "node:assert/strict";
import fc from "fast-check";
import { SEVERITIES } from "./issue.ts";
import { scoreOf } from "./score.ts";

const none = { critical: 0, major: 0, minor: 0, info: 0 };

Deno.test("scoreOf() follows its formula", () => {
  const table: [Partial<typeof none>, boolean, number][] = [
    [{}, true, 100],
    [{}, false, 0],
    [{ info: 1 }, true, 99],
    [{ minor: 1 }, true, 97],
    [{ major: 1 }, true, 88],
    [{ critical: 1 }, true, 66],
    [{ critical: 2 }, true, 50],
    [{ minor: 40 }, true, 50],
    [{ critical: 1e9 }, true, 0],
  ];
  for (const [counts, parses, score] of table) {
    assert.equal(scoreOf({ ...none, ...counts }, parses), score, JSON.stringify(counts));
  }
});

Deno.test("scoreOf() never falls when an issue is mended", () => {
  const count = fc.nat(10_000);
  const counts = fc.record({ critical: count, major: count, minor: count, info: count });
  fc.assert(fc.property(counts, fc.constantFrom(...SEVERITIES), (before, mended) => {
    const after = { ...before, [mended]: Math.max(0, before[mended] - 1) };
    assert.ok(scoreOf(after, true) >= scoreOf(before, true));
    assert.ok(scoreOf(after, true) >= scoreOf(before, false));
  }));
});
