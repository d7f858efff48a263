import assert from "node:assert/strict";
import fc from "fast-check";
import { boundResult, cutArguments, cutResult } from "./bound_result.ts";
import { canonicalJson } from "../../config/canonical_json.ts";

Deno.test("boundResult() keeps fields whole, the small ones first", () => {
  const data = {
    large: "x".repeat(200_000),
    small: "y",
    larger: "z".repeat(100_000),
    none: undefined,
  };
  const { result, left } = boundResult({ ok: true, text: "t".repeat(100_000), data });
  assert.deepEqual(Object.keys(result.data!), ["small", "larger", "none"]);
  assert.deepEqual(left, ["large"]);
  assert.equal(cutResult(result.text), result.text, "it is cut once");
  assert.match(result.text, /t\n\n\(cut: 672\d\d more characters\)$/);
  assert.deepEqual(boundResult({ ok: false, text: "no" }), {
    result: { ok: false, text: "no" },
    left: [],
  });
});

Deno.test("cutArguments() bounds whatever it gets", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (args) => {
    assert.deepEqual(cutArguments(args), JSON.parse(JSON.stringify(args)));
  }));
  const many = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, at) => [at, "x".repeat(5_000)]),
  );
  assert.ok(JSON.stringify(cutArguments(many)).length < 10_000);
  assert.ok(JSON.stringify(cutArguments({ code: "x".repeat(1_000_000) })).length < 5_000);
});

Deno.test("canonicalJson() is the same whatever the order of keys", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
    const turned = Object.fromEntries(Object.entries(value).reverse());
    assert.equal(canonicalJson(turned), canonicalJson(value));
    assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
  }));
  assert.notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]));
});
