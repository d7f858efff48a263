/**
 * Compares what we find in Python stubs with native Ruff of the same version, by rule and line:
 * `deno run -A oracles/stubs.ts --ruff PATH --stubs DIR`, for instance the folder of typeshed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadAsset } from "../assets/load.ts";
import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { toToml } from "./native_ruff.ts";
import { walkSync } from "./walk_sync.ts";

interface NativeFinding {
  filename: string;
  code: string | null;
  location: { row: number };
}

/** Native Ruff knows this module by its name, and passes over folders of this name. */
const LEFT_OUT = /\/builtins\.pyi$|\/venv\//;
/** Share of findings: names of a class that a stub's class uses in its own body (F821). */
const MOST_DIFFERENT = 0.001;
const MAX_BYTES = 10_000_000;

/** @param folder with stubs, below it */
export async function compareStubs({ ruff, folder }: { ruff: string; folder: string }) {
  const root = realpathSync(folder);
  const settings = { ...DEFAULT_SETTINGS, root, cwd: root };
  const native = lintNatively(ruff, root, toToml(settings));
  const engine = await createEngines(loadAsset).ruff();
  const different: string[] = [];
  let same = 0;
  const files = walkSync(root, /\.pyi$/, MAX_BYTES).filter((path) => !LEFT_OUT.test(path));
  for (const path of files) {
    const name = path.slice(root.length + 1);
    const found = engine.lint(readFileSync(path, "utf8"), settings, name);
    const theirs = new Set(native.get(path)), ours = new Set(found.map(describe));
    same += ours.intersection(theirs).size;
    different.push(...[...ours.difference(theirs)].map((one) => `ours only: ${name} ${one}`));
    different.push(...[...theirs.difference(ours)].map((one) => `native only: ${name} ${one}`));
  }
  const detail = `${files.length} stubs, ${same} findings identical, ${different.length} differ`;
  return {
    name: "findings in stubs",
    passed: same > 0 && different.length <= same * MOST_DIFFERENT,
    detail: [detail, ...different.slice(0, 20)].join("\n"),
  };
}

function describe({ rule, line }: { rule: string; line: number }): string {
  return `${line} ${rule}`;
}

/** `row code`, by file. */
function lintNatively(ruff: string, folder: string, settings: string): Map<string, string[]> {
  const scratch = mkdtempSync(join(tmpdir(), "stubs-oracle-"));
  try {
    const config = join(scratch, "ruff.toml");
    writeFileSync(config, settings);
    const args = ["check", "--no-cache", "--config", config, "--output-format", "json", folder];
    const { stdout, error } = spawnSync(ruff, args, { encoding: "utf8", maxBuffer: 1e9 });
    if (error) throw error;
    const found: NativeFinding[] = JSON.parse(stdout);
    const byFile = Map.groupBy(found, ({ filename }) => filename);
    return new Map(
      byFile.entries().map(([file, list]) => [
        file,
        list.map(({ code, location }) => describe({ rule: String(code), line: location.row })),
      ]),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ruff: { type: "string", default: "ruff" },
      stubs: { type: "string", default: "." },
    },
  });
  const { passed, detail } = await compareStubs({ ruff: values.ruff, folder: values.stubs });
  console.log(detail);
  if (!passed) Deno.exitCode = 1;
}
