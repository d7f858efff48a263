/**
 * Builds the binary: packs the assets, bundles the program into dist/, compiles it, and runs it once.
 *
 *     deno task build [--target TRIPLE] [--output FILE]
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import project from "../deno.json" with { type: "json" };
import { C_LIBRARIES } from "../config/output_is_unread.ts";
import { packAssets } from "./assets.ts";
import { BUNDLE_ENV, ENTRIES } from "./bundled.ts";
import { canCarry, carryAssets } from "./carry_assets.ts";
import { DENORT_VERSION, denortFromNpm, reachesOfficialHost } from "./denort.ts";
import { capture, ROOT, run } from "./run.ts";

const TARGETS = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
];

/**
 * What the binary may do. The network is for the servers that the user names; programs are those of
 * MCP servers that the user has agreed to, and the user's editor; the C library tells whether anybody
 * reads standard output.
 */
const PERMISSIONS = [
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-net",
  "--allow-run",
  `--allow-ffi=${C_LIBRARIES.join(",")}`,
  "--no-prompt",
];

/**
 * Optimising Ruff's WebAssembly costs more than it gains in the first seconds: by default V8 starts
 * after 13 MB executed per function, and a cold review of one file takes twice as long. With this
 * budget only what is hot in a big run (the parser of syntax trees, above all) is optimised. Of
 * Ruff's functions a review runs a fraction: validating the others beforehand takes 30 ms. The
 * fraction is compiled in all threads at once (wasm_hints.ts). And a young generation of the usual 1 MB
 * is collected some ten times before the first file is reviewed.
 */
export const V8_FLAGS = "--v8-flags=" + [
  "--wasm-lazy-validation",
  "--wasm-tiering-budget=1000000000",
  "--no-wasm-inlining",
  "--experimental-wasm-compilation-hints",
  "--min-semi-space-size=16",
].join(",");

/**
 * How the program is compiled, and what it is measured beside. No code cache: the binary would keep
 * it under a name that is known beforehand in the folder for temporary files, where another user
 * can put one first. It saves no time at the start.
 */
export const COMPILE_OPTIONS = [
  "--quiet",
  "--no-check",
  "--no-config",
  "--no-code-cache",
  V8_FLAGS,
  ...PERMISSIONS,
];

const DIST = new URL("dist/", ROOT);
const ASSETS_FOLDER = new URL("assets/", DIST);

async function bundle(): Promise<void> {
  await removeBundles();
  const options = ["--quiet", "--minify", "--code-splitting", "--outdir", "dist"];
  await run(Deno.execPath(), ["bundle", ...options, ...ENTRIES], { env: BUNDLE_ENV });
  await eachBundle(async (url) => {
    await Deno.writeTextFile(url, withoutRequire(await Deno.readTextFile(url)));
  });
}

/** Deno has these modules as globals. */
const GLOBALS: Record<string, string> = { process: "process", buffer: "({Buffer})" };

/**
 * CommonJS of a package asks for Node's modules through `require`, which a bundle does not have.
 *
 * @throws for a module that is no global either
 */
export function withoutRequire(code: string): string {
  return code.replace(/([\w$]+)\("node:(\w+)"\)/g, (call, caller, module) => {
    if (caller === "import") return call;
    const name = GLOBALS[module];
    if (!name) throw new Error(`The bundle requires node:${module}, which it cannot load`);
    return name;
  });
}

/** Chunks have their hash in their name: old ones would stay and be compiled in. */
async function removeBundles(): Promise<void> {
  await eachBundle((url) => Deno.remove(url));
}

async function eachBundle(work: (url: URL) => Promise<void>): Promise<void> {
  for await (const { name } of Deno.readDir(DIST)) {
    if (name.endsWith(".js")) await work(new URL(name, DIST));
  }
}

/** The compiler to run, and how it gets the runtime of the target. */
export interface Compiler {
  program: string;
  args: string[];
  env: Record<string, string>;
}

export async function chooseCompiler(target: string): Promise<Compiler> {
  const own = { program: Deno.execPath(), args: [], env: {} };
  const given = Deno.env.get("DENORT_BIN");
  if (given) return { ...own, env: { DENORT_BIN: given } };
  // What is to carry the assets has to be a file of ours.
  if (!canCarry(target) && await reachesOfficialHost()) return own;
  const env = { DENORT_BIN: await denortFromNpm(target) };
  if (Deno.version.deno === DENORT_VERSION) return { ...own, env };
  return { program: fileURLToPath(new URL("scripts/deno", ROOT)), args: ["--pinned"], env };
}

/**
 * Compiles from within dist/: a node_modules in a parent folder would be embedded whole. The chunks
 * come along by their imports; naming them too would cost each start two milliseconds.
 */
async function compile(target: string, output: string): Promise<void> {
  const { program, args, env } = await chooseCompiler(target);
  const runtime = canCarry(target) ? await carryAssets(env.DENORT_BIN!, ASSETS_FOLDER) : undefined;
  const includes = [
    "--include",
    runtime ? "assets/places.json" : "assets",
    "--include",
    "commands",
  ];
  const options = [...COMPILE_OPTIONS, "--target", target, "--output", output, ...includes];
  await run(program, [...args, "compile", ...options, "main.js"], {
    cwd: DIST,
    env: runtime ? { ...env, DENORT_BIN: runtime } : env,
  });
  if (runtime) await Deno.remove(runtime);
}

/** `deno compile` can exit 0 and leave a binary that does not start. */
async function checkRuns(output: string): Promise<void> {
  const { code, stdout, stderr } = await capture(output, ["--version"]);
  if (code === 0 && stdout.includes(project.version)) return;
  throw new Error(`Cannot use "${output}": --version exited with ${code}: ${stdout}${stderr}`);
}

function defaultOutput(target: string): string {
  const suffix = target.includes("windows") ? ".exe" : "";
  return target === Deno.build.target ? `devmcp${suffix}` : `devmcp-${target}${suffix}`;
}

/** Builds for one target and returns the binary's path. */
export async function build(target: string, outputFile?: string): Promise<string> {
  if (!TARGETS.includes(target)) {
    throw new Error(`Cannot build for "${target}": the targets are ${TARGETS.join(", ")}`);
  }
  const output = resolve(outputFile ?? defaultOutput(target));
  await packAssets();
  await bundle();
  await compile(target, output);
  if (target === Deno.build.target) await checkRuns(output);
  return output;
}

if (import.meta.main) {
  const options = { target: { type: "string" }, output: { type: "string" } } as const;
  const { values } = parseArgs({ args: Deno.args, options });
  try {
    const output = await build(values.target ?? Deno.build.target, values.output);
    console.error(`built ${output}: ${(Deno.statSync(output).size / 1e6).toFixed(1)} MB`);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  }
}
