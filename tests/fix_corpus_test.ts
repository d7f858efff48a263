/** `--fix` on real code of many hands: what parsed still parses, and nothing is left to do. */
import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { packageFiles } from "../oracles/package_files.ts";
import { capture } from "../scripts/run.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { seededRandom } from "./seeded_random.ts";

/** Files of each kind. */
const FILES = Number(Deno.env.get("DEVMCP_FIX_CORPUS") ?? 15);
const SEED = Number(Deno.env.get("DEVMCP_SEED") ?? 6);
const MAX_BYTES = 30_000;
const LANGUAGES = /\.(m?[jt]sx?|css|json|md)$/;
/** Whether CPython takes each file, a line each. */
const PARSE = "import ast,sys,warnings\nwarnings.simplefilter('ignore')\nfor f in sys.argv[1:]:\n" +
  " try: ast.parse(open(f,'rb').read()); print('ok')\n except Exception: print('broken')\n";

/** Python's standard library, where it is installed. */
async function pythonFiles(): Promise<string[]> {
  const { stdout } = await capture("python3", [
    "-c",
    "import os; print(os.path.dirname(os.__file__))",
  ]);
  const lib = stdout.trim();
  return readdirSync(lib, { recursive: true, encoding: "utf8" }).sort()
    .filter((name) => name.endsWith(".py")).map((name) => join(lib, name));
}

/** Copies of some small files, by names that tell them apart. */
async function sample(): Promise<Record<string, Uint8Array>> {
  const random = seededRandom(SEED);
  const some = (paths: string[]) => {
    const small = paths.filter((path) => statSync(path).size <= MAX_BYTES);
    return small.length === 0 ? [] : Array.from({ length: FILES }, () => random.pick(small));
  };
  const chosen = [...some(await pythonFiles()), ...some(await packageFiles(LANGUAGES, 2000))];
  const named = chosen.map(async (path, index) =>
    [`f${index}_${basename(path)}`, await Deno.readFile(path)] as const
  );
  return Object.fromEntries(await Promise.all(named));
}

interface Reviewed {
  path: string;
  fixed?: unknown[];
  fix_notes?: string[];
  issues: { rule: string }[];
}

async function review(cwd: string, ...args: string[]): Promise<Reviewed[]> {
  const all = ["review", "--fail-on", "never", "--json", "--no-cache", ...args];
  const { stdout, stderr } = await devmcp(all, { cwd });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout).files;
}

const broken = (files: Reviewed[]) =>
  files.filter(({ issues }) => issues.some(({ rule }) => /syntax-error|analysis-failed/.test(rule)))
    .map(({ path }) => path);

async function parsed(cwd: string): Promise<string> {
  const names = (await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name)).sort();
  const python = names.filter((name) => name.endsWith(".py")).map((name) => join(cwd, name));
  return (await capture("python3", ["-c", PARSE, ...python])).stdout;
}

Deno.test(`--fix and --unsafe-fixes keep ${FILES} real files of each kind in order`, async () => {
  await inFolder(await sample(), async (cwd) => {
    const before = { broken: broken(await review(cwd)), parsed: await parsed(cwd) };
    for (const args of [["--fix"], ["--fix", "--unsafe-fixes"]]) {
      const first = await review(cwd, ...args);
      assert.ok(first.some(({ fixed = [] }) => fixed.length > 0), "nothing was fixed");
      assert.deepEqual({ broken: broken(first), parsed: await parsed(cwd) }, before);
      const more = (await review(cwd, ...args)).filter(({ fixed }) => fixed);
      assert.deepEqual(more.map(({ path, fixed }) => [path, fixed]), []);
    }
  });
});
