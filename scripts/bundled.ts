/** Which modules the program is bundled from. */
import { join } from "node:path";
import { run } from "./run.ts";

/** Bundled together, they share their chunks: dist/main.js and dist/commands/worker.js. */
export const ENTRIES = ["main.ts", "commands/worker.ts"];

/**
 * For browsers the MCP SDK takes a small validator of JSON Schema, which a server does not use,
 * instead of Ajv, whose loading takes 15 ms. No other package here exports anything for them.
 */
export const BUNDLE_ENV = { DENO_CONDITIONS: "browser" };

/** The paths of all modules that the bundle has a part of, by a bundle that is thrown away. */
export async function bundledModules(): Promise<Set<string>> {
  const folder = await Deno.makeTempDir();
  try {
    const options = ["--quiet", "--minify", "--code-splitting", "--sourcemap=external"];
    const command = ["bundle", ...options, "--outdir", folder, ...ENTRIES];
    await run(Deno.execPath(), command, { env: BUNDLE_ENV });
    const sources = new Set<string>();
    for await (const map of mapsIn(folder)) {
      for (const source of (JSON.parse(map) as { sources: string[] }).sources) {
        sources.add(source.replaceAll("\\", "/"));
      }
    }
    return sources;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function* mapsIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* mapsIn(path);
    else if (name.endsWith(".map")) yield await Deno.readTextFile(path);
  }
}
