/**
 * Writes hot_functions.json: which functions of the large engines' WebAssembly a lint calls. To be run
 * when another version of an engine is taken.
 *
 *     deno run -A scripts/find_hot_functions.ts
 */
import { fileURLToPath } from "node:url";
import { packageVersion } from "../analysis/package_version.ts";
import { V8_FLAGS } from "./build.ts";
import type { HotPackage } from "./hot_functions.ts";
import { capture } from "./run.ts";

/** What V8 traces of the largest module in sight. */
export function tracedFunctions(trace: string): number[] {
  const modules = new Map<string, Set<number>>();
  for (const [, module, index] of trace.matchAll(/^Compiled function (\w+)#(\d+) /gm)) {
    const functions = modules.get(module!) ?? new Set();
    modules.set(module!, functions.add(Number(index)));
  }
  const [largest] = [...modules.values()].sort((a, b) => b.size - a.size);
  if (!largest) throw new Error("V8 traced no functions");
  return [...largest].sort((a, b) => a - b);
}

async function findHot(name: HotPackage) {
  const lint = fileURLToPath(new URL("lint_samples.ts", import.meta.url));
  const flags = `${V8_FLAGS},--trace-wasm-compilation-times`;
  const args = ["run", "-A", "--no-check", "--quiet", flags, lint, name];
  const { code, stdout, stderr } = await capture(Deno.execPath(), args);
  if (code !== 0) throw new Error(`lint_samples.ts exited with ${code}: ${stderr}`);
  const indices = tracedFunctions(stdout);
  const functions = indices.map((index, i) => index - (indices[i - 1] ?? 0)).join(" ");
  return { version: packageVersion(name), functions };
}

if (import.meta.main) {
  const found = {
    "@astral-sh/ruff-wasm-nodejs": await findHot("@astral-sh/ruff-wasm-nodejs"),
    "@biomejs/wasm-nodejs": await findHot("@biomejs/wasm-nodejs"),
  } satisfies Record<HotPackage, unknown>;
  const file = new URL("hot_functions.json", import.meta.url);
  await Deno.writeTextFile(file, JSON.stringify(found, null, 2) + "\n");
}
