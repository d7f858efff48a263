import { fileURLToPath } from "node:url";
import { chooseCompiler, COMPILE_OPTIONS, withoutRequire } from "../scripts/build.ts";
import { BUNDLE_ENV } from "../scripts/bundled.ts";
import { run } from "../scripts/run.ts";

const DIST = new URL("../dist/bench/compiled/", import.meta.url);

/** Paths of programs that devmcp is compared with, and of its own server with one trivial tool. */
export interface CompiledPeers {
  hello: string;
  minimal: string;
  minimalHttp: string;
  own: string;
}

/** Bundles and compiles them, with the options of devmcp. */
export async function compilePeers(): Promise<CompiledPeers> {
  return {
    hello: await compile("hello"),
    minimal: await compile("mcp_minimal"),
    minimalHttp: await compile("mcp_minimal_http"),
    own: await compile("own_server", ["own_worker"]),
  };
}

/** @param workers other entry points, which the program starts itself */
async function compile(name: string, workers: string[] = []): Promise<string> {
  const folder = new URL(`${name}/`, DIST);
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await bundle([name, ...workers], folder);
  const output = fileURLToPath(new URL(name, folder));
  const { program, args, env } = await chooseCompiler(Deno.build.target);
  const includes = workers.flatMap((worker) => ["--include", `${worker}.js`]);
  const options = [...COMPILE_OPTIONS, ...includes, "--output", output];
  await run(program, [...args, "compile", ...options, `${name}.js`], { cwd: folder, env });
  return output;
}

/** Without workers as one file, which starts fastest; with them as devmcp is, in chunks that they share. */
async function bundle(names: string[], folder: URL): Promise<void> {
  const sources = names.map((name) => fileURLToPath(new URL(`${name}.ts`, import.meta.url)));
  const place = names.length === 1
    ? ["--output", fileURLToPath(new URL(`${names[0]}.js`, folder))]
    : ["--code-splitting", "--outdir", fileURLToPath(folder)];
  const options = ["--quiet", "--minify", ...place];
  await run(Deno.execPath(), ["bundle", ...options, ...sources], { env: BUNDLE_ENV });
  for await (const file of Deno.readDir(folder)) {
    const path = new URL(file.name, folder);
    await Deno.writeTextFile(path, withoutRequire(await Deno.readTextFile(path)));
  }
}
