import assert from "node:assert/strict";
import ruffWasm from "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm" with { type: "bytes" };
import { withHints } from "./wasm_hints.ts";

Deno.test("withHints() names Ruff's seven huge functions, as indices of the module", () => {
  const module = new WebAssembly.Module(withHints(ruffWasm));
  const sections = WebAssembly.Module.customSections(module, "metadata.code.compilation_priority");
  assert.equal(sections.length, 1);
  const [count, ...hints] = new Uint8Array(sections[0]!);
  assert.equal(count, 7);
  // 60 functions are imported: the first that the module defines, the largest ones, are huge.
  assert.deepEqual(hints.slice(0, 12), [60, 0, 1, 1, 62, 0, 1, 1, 65, 0, 1, 1]);
});

Deno.test("withHints() changes nothing else", () => {
  const hinted = withHints(ruffWasm);
  const added = hinted.length - ruffWasm.length;
  const at = ruffWasm.findIndex((byte, i) => byte !== hinted[i]);
  assert.deepEqual(hinted.subarray(at + added), ruffWasm.subarray(at));
});

Deno.test("withHints() refuses a module without code", () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  assert.throws(() => withHints(empty), /no code/);
});
