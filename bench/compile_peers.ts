import { fileURLToPath } from "node:url";
import { BUNDLE_ENV, chooseCompiler, COMPILE_OPTIONS } from "../scripts/build.ts";
import { run } from "../scripts/run.ts";

const DIST = new URL("../dist/bench/", import.meta.url);

/** Bundles and compiles the programs that start-up is compared with, with the options of devmcp. */
export async function compilePeers(): Promise<{ hello: string; minimal: string }> {
  return { hello: await compile("hello"), minimal: await compile("mcp_minimal") };
}

async function compile(name: string): Promise<string> {
  const source = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const output = fileURLToPath(new URL(name, DIST));
  const bundle = ["bundle", "--quiet", "--minify", "--output", `${output}.js`, source];
  await run(Deno.execPath(), bundle, { env: BUNDLE_ENV });
  const { program, args, env } = await chooseCompiler(Deno.build.target);
  const options = [...COMPILE_OPTIONS, "--output", output];
  await run(program, [...args, "compile", ...options, `${output}.js`], { cwd: DIST, env });
  return output;
}
