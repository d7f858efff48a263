/** Files of the npm packages in Deno's cache: real code of many hands that is there anyhow. */
import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { capture } from "../scripts/run.ts";

/** Larger files would take most of the time. */
const MAX_BYTES = 200_000;

/** Some files whose names fit, always the same of the same cache, from all packages alike. */
export async function packageFiles(name: RegExp, count: number): Promise<string[]> {
  const { stdout } = await capture(Deno.execPath(), ["info", "--json"]);
  const cache: string = JSON.parse(stdout).npmCache;
  const paths = readdirSync(cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "registry.json" && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const order = new Map(paths.map((path) => [path, hash(path.slice(cache.length))]));
  paths.sort((a, b) => order.get(a)! < order.get(b)! ? -1 : 1);
  return paths.filter((path) => statSync(path).size <= MAX_BYTES).slice(0, count);
}

function hash(path: string): string {
  return createHash("sha256").update(path).digest("hex");
}
