import assert from "node:assert/strict";
import * as z from "zod";
import { joinAnswers } from "./join_answers.ts";

const schema = z.object({
  title: z.string(),
  steps: z.array(z.string()).min(1),
  parts: z.array(z.object({ name: z.string() })),
});
const whole = { title: "A", steps: ["s"], parts: [{ name: "p" }] };

Deno.test("joinAnswers() completes the newer answer from the older one", () => {
  const { title: _title, ...older } = { ...whole, steps: ["old"] };
  const { parts: _parts, ...newer } = whole;
  assert.deepEqual(joinAnswers(schema, [older, newer]), whole);
  assert.deepEqual(joinAnswers(schema, [older, { ...newer, parts: 3 }]), whole);
  assert.equal(joinAnswers(schema, [newer, newer]), undefined);
});

Deno.test("joinAnswers() leaves out wrong items, where that leaves some", () => {
  const spoilt = { ...whole, parts: [{ name: "p" }, { nam: "q" }, 3] };
  for (const older of [undefined, {}, "x"]) {
    assert.deepEqual(joinAnswers(schema, [older, spoilt]), whole);
  }
  assert.deepEqual(joinAnswers(schema, [spoilt, undefined]), whole);
  assert.equal(joinAnswers(schema, [undefined, { ...whole, parts: [3] }]), undefined);
});

Deno.test("joinAnswers() prefers a whole list of the older answer to a part of the newer one", () => {
  const newer = { ...whole, title: 3, parts: [3, { name: "q" }] };
  assert.deepEqual(joinAnswers(schema, [whole, newer]), whole);
});

Deno.test("joinAnswers() makes nothing of nothing", () => {
  for (const [older, newer] of [[undefined, undefined], [[], "x"], [{}, {}]]) {
    assert.equal(joinAnswers(schema, [older, newer]), undefined);
  }
});
