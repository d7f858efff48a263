/** The model tools over a weak model: what people get of it, and how often it has to be asked. */
import assert from "node:assert/strict";
import { measureWeakModel, WEAK_CASES } from "./weak_model.ts";

const CALLS = 1000;

for (const [seed, one] of WEAK_CASES.entries()) {
  Deno.test(`${one.tool} makes valid results of a weak model's replies`, async () => {
    const { valid, clearErrors, wrong, modelCalls, plain } = await measureWeakModel(
      one,
      CALLS,
      seed,
    );
    const percent = (count: number) => `${(100 * count / CALLS).toFixed(1)} %`;
    const each = modelCalls / CALLS;
    console.log(
      `${one.tool}: ${percent(valid)} valid, ${percent(clearErrors)} clear errors, ` +
        `${each.toFixed(2)} calls of the model each; a plain reading takes ${percent(plain)}`,
    );
    assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} are wrong`);
    assert.ok(valid >= 0.99 * CALLS, `${valid} valid`);
    assert.ok(each <= 1.4, `${each} calls each`);
    assert.ok(plain < valid, "the ladder of repairs is of no use");
  });
}
