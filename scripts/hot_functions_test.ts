import assert from "node:assert/strict";
import { hotFunctions, type HotPackage } from "./hot_functions.ts";
import stored from "./hot_functions.json" with { type: "json" };

Deno.test("hotFunctions() has those of the engines' versions, ascending", () => {
  for (const name of Object.keys(stored) as HotPackage[]) {
    const functions = hotFunctions(name);
    assert.ok(functions.length > 500, name);
    assert.ok(functions.every((index, i) => i === 0 || index > functions[i - 1]!), name);
  }
});

Deno.test("hotFunctions() refuses those of another version", () => {
  const old = { version: "0.0.1", functions: "1 2" };
  assert.throws(
    () => hotFunctions("@biomejs/wasm-nodejs", old),
    /of @biomejs\/wasm-nodejs 0\.0\.1; run scripts\/find_hot_functions\.ts/,
  );
});

Deno.test("hotFunctions() adds the distances up", () => {
  const { version } = stored["@biomejs/wasm-nodejs"];
  const functions = hotFunctions("@biomejs/wasm-nodejs", { version, functions: "7 1 30" });
  assert.deepEqual(functions, [7, 8, 38]);
});
