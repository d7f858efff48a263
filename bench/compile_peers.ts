import { fileURLToPath } from "node:url";
import { chooseCompiler } from "../scripts/build.ts";
import { run } from "../scripts/run.ts";

const DIST = new URL("../dist/bench/", import.meta.url);

/** Bundles and compiles the programs that start-up is compared with, the way devmcp is. */
export async function compilePeers(): Promise<{ hello: string; minimal: string }> {
  return { hello: await compile("hello"), minimal: await compile("mcp_minimal") };
}

async function compile(name: string): Promise<string> {
  const source = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const output = fileURLToPath(new URL(name, DIST));
  await run(Deno.execPath(), ["bundle", "--quiet", "--minify", "--output", `${output}.js`, source]);
  const { program, args, env } = await chooseCompiler(Deno.build.target);
  const options = ["--quiet", "--no-check", "--no-config", "--allow-all", "--output", output];
  await run(program, [...args, "compile", ...options, `${output}.js`], { cwd: DIST, env });
  return output;
}
