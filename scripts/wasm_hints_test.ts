import assert from "node:assert/strict";
import ruffWasm from "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm" with { type: "bytes" };
import { withHints } from "./wasm_hints.ts";

/** Some of Ruff's: its first 60 functions are imported. */
const FUNCTIONS = [60, 62, 300];

Deno.test("withHints() names the functions", () => {
  const module = new WebAssembly.Module(withHints(ruffWasm, FUNCTIONS));
  const sections = WebAssembly.Module.customSections(module, "metadata.code.compilation_priority");
  assert.equal(sections.length, 1);
  const hints = [...new Uint8Array(sections[0]!)];
  assert.deepEqual(hints, [3, 60, 0, 1, 1, 62, 0, 1, 1, 0xac, 0x02, 0, 1, 1]);
});

Deno.test("withHints() changes nothing else", () => {
  const hinted = withHints(ruffWasm, FUNCTIONS);
  const added = hinted.length - ruffWasm.length;
  const at = ruffWasm.findIndex((byte, i) => byte !== hinted[i]);
  assert.deepEqual(hinted.subarray(at + added), ruffWasm.subarray(at));
});

Deno.test("withHints() refuses a module without code", () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  assert.throws(() => withHints(empty, []), /no code/);
});
