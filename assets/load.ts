import type { Buffer } from "node:buffer";
import { zstdDecompressSync } from "node:zlib";

/** The files built into the binary, each compressed with Zstandard; `deno task assets` makes them. */
export const ASSETS = [
  "ruff.wasm",
  "ruff_glue.js",
  "biome.wasm",
  "biome_glue.js",
  "gofmt.wasm",
  "shfmt.wasm",
  "clang-format.wasm",
  "tree-sitter.wasm",
  "tree-sitter-python.wasm",
  "tree-sitter-c.wasm",
  "tree-sitter-cpp.wasm",
  "tree-sitter-csharp.wasm",
  "tree-sitter-go.wasm",
  "tree-sitter-java.wasm",
  "tree-sitter-javascript.wasm",
  "tree-sitter-kotlin.wasm",
  "tree-sitter-php.wasm",
  "tree-sitter-ruby.wasm",
  "tree-sitter-rust.wasm",
  "tree-sitter-shell.wasm",
  "tree-sitter-tsx.wasm",
  "tree-sitter-typescript.wasm",
  "rules.json",
  "biome_rules.json",
  "licenses.json",
] as const;
export type AssetName = (typeof ASSETS)[number];
export type LoadAsset = (name: AssetName) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The folder of the packed assets as seen from a module: bundled code (`.js`) stands in dist/
 * beside assets/, source code (`.ts`) in a sibling of dist/.
 */
export function assetFolder(moduleUrl: string): URL {
  return new URL(moduleUrl.endsWith(".ts") ? "../dist/assets/" : "./assets/", moduleUrl);
}

/**
 * One output buffer instead of many to join takes a third less time: so it is larger than what comes
 * of any large asset.
 */
function outputBytes(packed: number): number {
  return Math.max(2 ** 20, packed * 6);
}

/**
 * Reads and inflates an embedded file. The caller keeps the result: nothing is cached here.
 *
 * @throws {Deno.errors.NotFound} when run from source before `deno task assets`
 */
export const loadAsset: LoadAsset = async (name) => {
  const packed = await Deno.readFile(new URL(`${name}.bin`, assetFolder(import.meta.url)));
  // Deno inflates in the calling thread either way, and without a stream there is less to load.
  const options = { chunkSize: outputBytes(packed.length) };
  const bytes = zstdDecompressSync(packed, options) as Buffer<ArrayBuffer>;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
