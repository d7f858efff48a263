/**
 * Compares what we find in Python stubs with native Ruff of the same version, by rule and line:
 * `deno run -A oracles/stubs.ts --ruff PATH --stubs DIR`, for instance the folder of typeshed.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadAsset } from "../assets/load.ts";
import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { toToml } from "./native_ruff.ts";

interface NativeFinding {
  filename: string;
  code: string | null;
  location: { row: number };
}

const { values } = parseArgs({
  options: {
    ruff: { type: "string", default: "ruff" },
    stubs: { type: "string", default: "." },
  },
});
/** typeshed describes builtins.py and typing.py, which native Ruff knows by their names. */
const MOST_DIFFERENT = 0.01;
const folder = await Deno.realPath(values.stubs);
const settings = { ...DEFAULT_SETTINGS, root: folder, cwd: folder };
const config = await Deno.makeTempFile({ suffix: ".toml" });
await Deno.writeTextFile(config, toToml(settings));
const args = ["check", "--no-cache", "--config", config, "--output-format", "json", folder];
const { stdout } = await new Deno.Command(values.ruff, { args, stderr: "null" }).output();
const native = Map.groupBy(
  JSON.parse(new TextDecoder().decode(stdout)) as NativeFinding[],
  ({ filename }) => filename,
);
await Deno.remove(config);

const ruff = await createEngines(loadAsset).ruff();
const different = new Map<string, number>();
let same = 0;
for (const name of stubsIn(folder)) {
  const theirs = new Set(native.get(name)?.map(({ code, location }) => `${code} ${location.row}`));
  const text = await Deno.readTextFile(name);
  const issues = ruff.lint(text, settings, name.slice(folder.length + 1));
  const ours = new Set(issues.map(({ rule, line }) => `${rule} ${line}`));
  same += ours.intersection(theirs).size;
  count("ours", ours.difference(theirs));
  count("native", theirs.difference(ours));
}

function* stubsIn(path: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(path)) {
    if (isDirectory) yield* stubsIn(join(path, name));
    else if (name.endsWith(".pyi")) yield join(path, name);
  }
}

function count(whose: string, findings: Set<string>): void {
  for (const finding of findings) {
    const key = `${whose} ${finding.split(" ", 1)[0]}`;
    different.set(key, (different.get(key) ?? 0) + 1);
  }
}

const all = [...different.values()].reduce((sum, n) => sum + n, 0);
console.log(`${same} findings identical, ${all} differ`, Object.fromEntries(different));
if (all > same * MOST_DIFFERENT) Deno.exitCode = 1;
