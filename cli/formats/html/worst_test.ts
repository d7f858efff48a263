import assert from "node:assert/strict";
import fc from "fast-check";
import { createWorst } from "./worst.ts";

Deno.test("createWorst() keeps the worst, the first of those as bad, in their order", () => {
  const badness = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 60 });
  fc.assert(fc.property(badness, fc.integer({ min: 1, max: 9 }), (all, most) => {
    const worst = createWorst<number>(most);
    all.forEach((one, at) => worst.add(one, () => at));
    const expected = all.map((one, at) => ({ one, at }))
      .sort((a, b) => b.one - a.one || a.at - b.at).slice(0, most)
      .map(({ at }) => at).sort((a, b) => a - b);
    assert.deepEqual(worst.kept(), expected);
  }));
});

Deno.test("createWorst() makes nothing that has no room, and holds twice what it may at most", () => {
  const worst = createWorst<string>(10, (text) => text.length);
  let made = 0;
  for (let i = 0; i < 1000; i++) worst.add(1, () => `${++made}`);
  assert.ok(made < 25, `${made}`);
  assert.equal(worst.kept().join(""), "123456789");
});
