/** Lists the TypeScript files of this checkout. */
import { ROOT } from "./run.ts";

/** Folders that are not source. */
const NOT_SOURCE = new Set(["dist", "coverage", "node_modules", "examples"]);

/** Folders that build, test and measure the program but are not part of it. */
const WORKSHOP = ["scripts", "tests", "bench", "oracles"];

/** The paths of all TypeScript files, relative to the root, with `/`, sorted. */
export async function listSources(folder = ""): Promise<string[]> {
  const paths: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    if (entry.name.startsWith(".") || NOT_SOURCE.has(entry.name)) continue;
    if (entry.isDirectory) paths.push(...await listSources(`${folder}${entry.name}/`));
    else if (entry.name.endsWith(".ts")) paths.push(`${folder}${entry.name}`);
  }
  return paths.sort();
}

const ONLY_FOR_TESTS = /_test\.ts$|_fixture\.ts$|(^|\/)fake_|\/testdata\//;

/** Whether a path is part of the program: neither for tests only nor in a folder of the workshop. */
export function isProduct(path: string): boolean {
  return !ONLY_FOR_TESTS.test(path) && !WORKSHOP.includes(path.split("/")[0] ?? "");
}
