/**
 * Packs the files of `ASSETS` into dist/assets/: each compressed with Zstandard, which the binary
 * inflates at first use, because a compiled binary reads its whole payload at every start.
 * A second run packs only what changed.
 */
import ruffWasm from "@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm" with { type: "bytes" };
import ruffGlue from "@astral-sh/ruff-wasm-nodejs/ruff_wasm.js" with { type: "bytes" };
import biomeWasm from "@biomejs/wasm-nodejs/biome_wasm_bg.wasm" with { type: "bytes" };
import biomeGlue from "@biomejs/wasm-nodejs/biome_wasm.js" with { type: "bytes" };
import gofmtWasm from "@wasm-fmt/gofmt/gofmt.wasm" with { type: "bytes" };
import shfmtWasm from "@wasm-fmt/shfmt/shfmt.wasm" with { type: "bytes" };
import clangFormatWasm from "@wasm-fmt/clang-format/clang-format.wasm" with { type: "bytes" };
import treeSitter from "web-tree-sitter/web-tree-sitter.wasm" with { type: "bytes" };
import treeSitterPython from "tree-sitter-python/tree-sitter-python.wasm" with { type: "bytes" };
import treeSitterC from "tree-sitter-c/tree-sitter-c.wasm" with { type: "bytes" };
import treeSitterCpp from "tree-sitter-cpp/tree-sitter-cpp.wasm" with { type: "bytes" };
import treeSitterCSharp from "tree-sitter-c-sharp/tree-sitter-c_sharp.wasm" with { type: "bytes" };
import treeSitterGo from "tree-sitter-go/tree-sitter-go.wasm" with { type: "bytes" };
import treeSitterJava from "tree-sitter-java/tree-sitter-java.wasm" with { type: "bytes" };
import treeSitterJavascript from "tree-sitter-javascript/tree-sitter-javascript.wasm" with {
  type: "bytes",
};
import treeSitterKotlin from "@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm" with {
  type: "bytes",
};
import treeSitterPhp from "tree-sitter-php/tree-sitter-php.wasm" with { type: "bytes" };
import treeSitterRuby from "tree-sitter-ruby/tree-sitter-ruby.wasm" with { type: "bytes" };
import treeSitterRust from "tree-sitter-rust/tree-sitter-rust.wasm" with { type: "bytes" };
import treeSitterShell from "tree-sitter-bash/tree-sitter-bash.wasm" with { type: "bytes" };
import treeSitterTsx from "tree-sitter-typescript/tree-sitter-tsx.wasm" with { type: "bytes" };
import treeSitterTypescript from "tree-sitter-typescript/tree-sitter-typescript.wasm" with {
  type: "bytes",
};
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { constants, zstdCompress } from "node:zlib";
import { type AssetName, ASSETS } from "../assets/load.ts";
import { hotFunctions } from "./hot_functions.ts";
import { collectLicenses } from "./licenses.ts";
import { withHints } from "./wasm_hints.ts";
import { withoutCustomSections } from "./wasm_sections.ts";

/** Zstandard's level: 19 would make Ruff 0.8 MB smaller, of 100, and take twice as long to inflate. */
const LEVEL = 3;
/**
 * Those that are large get a higher one. Biome, of 38 MB: at level 3 8.9 MB in 0.2 s, at 12 7.5 MB in 2 s, at 18
 * 6.6 MB in 10 s, at 20 6.4 MB in 16 s; inflating takes 55 ms at all of them.
 */
const LEVELS: Partial<Record<AssetName, number>> = { "biome.wasm": 18 };
const FOLDER = new URL("../dist/assets/", import.meta.url);
const MANIFEST = new URL("manifest.json", FOLDER);

/** What an asset was packed from: `level:sha256` by name. */
type Manifest = Partial<Record<AssetName, string>>;

async function readSources(): Promise<Record<AssetName, Uint8Array>> {
  return {
    "ruff.wasm": withHints(ruffWasm, hotFunctions("@astral-sh/ruff-wasm-nodejs")),
    "ruff_glue.js": ruffGlue,
    "biome.wasm": withHints(
      withoutCustomSections(biomeWasm),
      hotFunctions("@biomejs/wasm-nodejs"),
    ),
    "biome_glue.js": biomeGlue,
    "gofmt.wasm": gofmtWasm,
    "shfmt.wasm": shfmtWasm,
    "clang-format.wasm": clangFormatWasm,
    "tree-sitter.wasm": treeSitter,
    "tree-sitter-python.wasm": treeSitterPython,
    "tree-sitter-c.wasm": treeSitterC,
    "tree-sitter-cpp.wasm": treeSitterCpp,
    "tree-sitter-csharp.wasm": treeSitterCSharp,
    "tree-sitter-go.wasm": treeSitterGo,
    "tree-sitter-java.wasm": treeSitterJava,
    "tree-sitter-javascript.wasm": treeSitterJavascript,
    "tree-sitter-kotlin.wasm": treeSitterKotlin,
    "tree-sitter-php.wasm": treeSitterPhp,
    "tree-sitter-ruby.wasm": treeSitterRuby,
    "tree-sitter-rust.wasm": treeSitterRust,
    "tree-sitter-shell.wasm": treeSitterShell,
    "tree-sitter-tsx.wasm": treeSitterTsx,
    "tree-sitter-typescript.wasm": treeSitterTypescript,
    "rules.json": await Deno.readFile(new URL("../analysis/rules/rules.json", import.meta.url)),
    "biome_rules.json": await Deno.readFile(
      new URL("../analysis/biome/biome_rules.json", import.meta.url),
    ),
    "licenses.json": new TextEncoder().encode(JSON.stringify(await collectLicenses())),
  };
}

async function readManifest(): Promise<Manifest> {
  return JSON.parse(await Deno.readTextFile(MANIFEST).catch(() => "{}"));
}

async function exists(url: URL): Promise<boolean> {
  return await Deno.stat(url).then(() => true, () => false);
}

/** Writes through a temporary file, so that an interrupted run leaves no half of one. */
async function writeAtomically(url: URL, bytes: Uint8Array): Promise<void> {
  const temporary = new URL(`${url.href}.${Deno.pid}.tmp`);
  await Deno.writeFile(temporary, bytes);
  await Deno.rename(temporary, url);
}

async function packAsset(name: AssetName, source: Uint8Array, level: number): Promise<void> {
  const params = { [constants.ZSTD_c_compressionLevel]: level };
  const packed = await promisify(zstdCompress)(source, { params });
  await writeAtomically(new URL(`${name}.bin`, FOLDER), packed);
  console.error(`packed ${name}: ${source.length} → ${packed.length} bytes`);
}

/** Brings dist/assets/ up to date. */
export async function packAssets(): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const [sources, before] = await Promise.all([readSources(), readManifest()]);
  const after: Manifest = {};
  await Promise.all(ASSETS.map(async (name) => {
    const level = LEVELS[name] ?? LEVEL;
    const key = `${level}:${createHash("sha256").update(sources[name]).digest("hex")}`;
    const packed = before[name] === key && await exists(new URL(`${name}.bin`, FOLDER));
    if (!packed) await packAsset(name, sources[name], level);
    after[name] = key;
  }));
  await writeAtomically(MANIFEST, new TextEncoder().encode(JSON.stringify(after, null, 2)));
}

if (import.meta.main) await packAssets();
