import type { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { ToolError } from "../config/tool_error.ts";

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
 * @throws {ToolError} when the program's file was replaced while it ran
 */
export const loadAsset: LoadAsset = async (name) => {
  const packed = await readPacked(name);
  // Deno inflates in the calling thread either way, and without a stream there is less to load.
  const options = { chunkSize: outputBytes(packed.length) };
  const bytes = zstdDecompressSync(packed, options) as Buffer<ArrayBuffer>;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};

/** Where the assets lie in the program's own file: offset and length. */
export type Places = Record<AssetName, [offset: number, length: number]>;

let places: Promise<Places | undefined> | undefined;

async function readPacked(name: AssetName): Promise<Uint8Array> {
  const folder = assetFolder(import.meta.url);
  const place = Deno.build.standalone && (await (places ??= readPlaces(folder)))?.[name];
  return place ? readOwnFile(...place) : await Deno.readFile(new URL(`${name}.bin`, folder));
}

/** There are none where a target's binaries cannot carry them, or beside another program. */
async function readPlaces(folder: URL): Promise<Places | undefined> {
  const text = await Deno.readTextFile(new URL("places.json", folder)).catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

const ZSTANDARD_MAGIC = 0xfd2fb528;

function readOwnFile(offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const isWhole = fillFrom(Deno.execPath(), offset, bytes);
  const magic = new DataView(bytes.buffer).getUint32(0, true);
  if (isWhole && magic === ZSTANDARD_MAGIC) return bytes;
  throw new ToolError("Cannot load a part of devmcp: its file was replaced while it ran", {
    hint: "start it again",
  });
}

/** Whether the file is there, and as long. */
function fillFrom(path: string, offset: number, bytes: Uint8Array): boolean {
  try {
    const file = openSync(path, "r");
    try {
      return readSync(file, bytes, 0, bytes.length, offset) === bytes.length;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return false;
    throw error;
  }
}
