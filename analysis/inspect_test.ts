import assert from "node:assert/strict";
import { loadAsset } from "../assets/load.ts";
import { createEngines } from "./engines.ts";
import { inspect } from "./inspect.ts";

const engines = createEngines(loadAsset);

/** gofmt in WebAssembly has no room for it, as for some large tables. */
const DEEP = `package a\n\nvar x = ${"(".repeat(5000)}1${")".repeat(5000)}\n`;

async function rulesOf(text: string): Promise<string[]> {
  const { issues } = await inspect(engines, { path: "a.go", language: "go", text });
  return issues.map(({ rule, severity }) => `${rule} ${severity}`);
}

Deno.test("inspect() says nothing worse than info of what gofmt has no room for", async () => {
  assert.deepEqual(await rulesOf(DEEP), ["syntax-not-checked info"]);
});

Deno.test("inspect() has the syntax tree judge what gofmt could not", async () => {
  const rules = await rulesOf(`${DEEP}\nfunc f() {\n`);
  assert.deepEqual(rules.sort(), ["syntax-error critical", "syntax-not-checked info"]);
});

Deno.test("inspect() tells a syntax error of Go once: gofmt's", async () => {
  assert.deepEqual(await rulesOf("package a\n\nfunc f() {\n"), ["syntax-error critical"]);
});
