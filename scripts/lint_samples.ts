/** Lints files of this repository with one engine: what it calls then, find_hot_functions.ts traces. */
import { BIOME } from "../analysis/built_in_engines.ts";
import type { LoadBytes } from "../analysis/engine.ts";
import type { LanguageId } from "../analysis/languages.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { createRuff } from "../analysis/ruff/ruff.ts";
import type { HotPackage } from "./hot_functions.ts";
import { ROOT } from "./run.ts";

const SAMPLES: Record<HotPackage, [path: string, language: LanguageId][]> = {
  "@astral-sh/ruff-wasm-nodejs": [
    ["examples/shop/cart.py", "python"],
    ["examples/shop/orders.py", "python"],
    ["examples/shop/shipping.py", "python"],
    ["bench/fastmcp_minimal.py", "python"],
    ["bench/terminal.py", "python"],
  ],
  "@biomejs/wasm-nodejs": [
    ["cli/html/table.js", "javascript"],
    ["cli/html/complexity/treemap.js", "javascript"],
    ["commands/pool.ts", "typescript"],
    ["analysis/syntax/syntax.ts", "typescript"],
  ],
};

/** The packages' own files: those in dist/assets have hints already. */
const load: LoadBytes = async (name) => {
  const packages: Record<string, () => Promise<{ default: Uint8Array<ArrayBuffer> }>> = {
    "ruff.wasm": () =>
      import("@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm", { with: { type: "bytes" } }),
    "ruff_glue.js": () =>
      import("@astral-sh/ruff-wasm-nodejs/ruff_wasm.js", { with: { type: "bytes" } }),
    "biome.wasm": () =>
      import("@biomejs/wasm-nodejs/biome_wasm_bg.wasm", { with: { type: "bytes" } }),
    "biome_glue.js": () =>
      import("@biomejs/wasm-nodejs/biome_wasm.js", { with: { type: "bytes" } }),
  };
  return (await packages[name]!()).default;
};

async function openLinter(name: HotPackage) {
  if (name === "@biomejs/wasm-nodejs") return await BIOME.load(load);
  const ruff = createRuff(
    await load("ruff.wasm"),
    new TextDecoder().decode(await load("ruff_glue.js")),
  );
  return {
    lint: ({ text, path }: { text: string; path: string }) =>
      ruff.lint(text, DEFAULT_SETTINGS, path),
  };
}

const name = Deno.args[0] as HotPackage;
const { lint } = await openLinter(name);
for (const [path, language] of SAMPLES[name]) {
  await lint({ text: await Deno.readTextFile(new URL(path, ROOT)), path, language }, {});
}
