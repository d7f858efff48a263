import assert from "node:assert/strict";
import fc from "fast-check";
import { squarify } from "./squarify.js";

const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.sort((a, b) => b - a));
const frame = fc.record({
  x: fc.integer({ min: 0, max: 50 }),
  y: fc.integer({ min: 0, max: 50 }),
  width: fc.integer({ min: 1, max: 2000 }),
  height: fc.integer({ min: 1, max: 2000 }),
});

Deno.test("squarify() gives each its share of the area, inside the frame", () => {
  fc.assert(fc.property(sizes, frame, (list, whole) => {
    const total = list.reduce((sum, size) => sum + size);
    const slack = 1e-6 * (whole.width + whole.height);
    squarify(list, whole).forEach(({ x, y, width, height }, index) => {
      const share = whole.width * whole.height * list[index]! / total;
      assert.ok(Math.abs(width * height - share) <= 1e-6 * whole.width * whole.height);
      assert.ok(x >= whole.x - slack && x + width <= whole.x + whole.width + slack);
      assert.ok(y >= whole.y - slack && y + height <= whole.y + whole.height + slack);
    });
  }));
});

Deno.test("squarify() lets none lie on another", () => {
  fc.assert(fc.property(sizes, frame, (list, whole) => {
    const all = squarify(list, whole);
    const slack = 1e-6 * (whole.width + whole.height);
    for (const [index, a] of all.entries()) {
      for (const b of all.slice(index + 1)) {
        const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        assert.ok(across <= slack || down <= slack, JSON.stringify([a, b]));
      }
    }
  }));
});

Deno.test("squarify() makes what is of one size nearly square", () => {
  for (const count of [1, 4, 9, 25, 100]) {
    for (
      const { width, height } of squarify(Array(count).fill(1), {
        x: 0,
        y: 0,
        width: 500,
        height: 500,
      })
    ) {
      assert.ok(Math.max(width / height, height / width) < 1.5, `${count}: ${width} × ${height}`);
    }
  }
});

Deno.test("squarify() divides the example of its paper as the paper does", () => {
  const all = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  const shapes = all.map(({ width, height }) => Math.max(width / height, height / width));
  const expected = [3 / 2, 3 / 2, 49 / 27, 1.36, 25 / 18, 25 / 18, 25 / 9];
  assert.deepEqual(all.slice(0, 2), [
    { x: 0, y: 0, width: 3, height: 2 },
    { x: 0, y: 2, width: 3, height: 2 },
  ]);
  assert.ok(shapes.every((shape, index) => shape <= expected[index]! * 1.35), `${shapes}`);
});

Deno.test("squarify() of nothing, or of a frame without room, is not NaN", () => {
  assert.deepEqual(squarify([], { x: 0, y: 0, width: 9, height: 9 }), []);
  const flat = squarify([2, 1], { x: 1, y: 1, width: 0, height: 5 });
  assert.ok(flat.every((one) => Object.values(one).every(Number.isFinite)));
});
