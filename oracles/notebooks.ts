/**
 * Compares what we find in notebooks, and how we lay them out, with native Ruff of the same version, on
 * notebooks whose cells are the parts of Python's own files:
 * `deno run -A oracles/notebooks.ts --ruff PATH --lib DIR`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { inspectNotebook } from "../analysis/notebook/inspect_notebook.ts";
import { formatNotebook } from "../analysis/notebook/format_notebook.ts";
import { createEngines, type Engines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS } from "../analysis/ruff/ruff_settings.ts";
import { loadAsset } from "../assets/load.ts";
import { toToml } from "./native_ruff.ts";
import { walkSync } from "./walk_sync.ts";
import { tell } from "./comparison.ts";

interface NativeFinding {
  filename: string;
  cell: number | null;
  code: string | null;
  location: { row: number; column: number };
}

interface Notebook {
  path: string;
  text: string;
}

const NOTEBOOKS = 50;
const MAX_BYTES = 60_000;
/** We take a text at the beginning of any cell for a docstring, native Ruff only in the first. */
const KNOWN = /^native only: .* E402$/;
/** What only notebooks have, between the parts. */
const EXTRA_CELLS = [
  "%matplotlib inline\nimport sys",
  "!ls -l",
  "x = 1\nx",
  "%%bash\nls",
  "import os;",
];

/** @param lib the folder of Python's standard library */
export async function compareNotebooks({ ruff, lib }: { ruff: string; lib: string }) {
  const engines = createEngines(loadAsset);
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), "notebooks-oracle-")));
  try {
    const notebooks = writeNotebooks(lib, scratch);
    return [
      await compareFindings(engines, ruff, notebooks, scratch),
      await compareText(engines, ruff, notebooks, scratch),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function writeNotebooks(lib: string, folder: string): Notebook[] {
  const files = walkSync(lib, /^(?!.*\/(?:test|site-packages)\/).*\.py$/, MAX_BYTES);
  const every = Math.max(1, Math.floor(files.length / NOTEBOOKS));
  return files.filter((_, index) => index % every === 0).map((file, index) => {
    const path = join(folder, `${index}_${basename(file, ".py")}.ipynb`);
    const text = toNotebook(readFileSync(file, "utf8"), index);
    writeFileSync(path, text);
    return { path, text };
  });
}

/** Two blank lines part cells, but for those in a string. */
function toCells(python: string): string[] {
  const parts = python.split(/(?<=\n\n\n)(?=[A-Za-z#@])/);
  return parts.reduce<string[]>((cells, part) => {
    const last = cells.at(-1);
    const isOpen = last !== undefined && last.split('"""').length % 2 === 0;
    return isOpen ? [...cells.slice(0, -1), last + part] : [...cells, part];
  }, []);
}

function toNotebook(python: string, seed: number): string {
  const parts = toCells(python);
  parts.splice(seed % parts.length, 0, EXTRA_CELLS[seed % EXTRA_CELLS.length]!);
  const cells = parts.map((part) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source: part.replace(/\n+$/, "").split(/(?<=\n)/),
  }));
  const metadata = { language_info: { name: "python" } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 4 }, null, 1)}\n`;
}

async function compareFindings(
  engines: Engines,
  ruff: string,
  notebooks: Notebook[],
  folder: string,
) {
  const settings = { ...DEFAULT_SETTINGS, root: folder, cwd: folder };
  const config = join(folder, "ruff.toml");
  writeFileSync(config, toToml(settings));
  const args = ["--no-cache", "--config", config, "--output-format", "json", folder];
  const found: NativeFinding[] = JSON.parse(run(ruff, "check", ...args));
  const native = Map.groupBy(found, ({ filename }) => filename);
  const differences: string[] = [];
  let same = 0;
  for (const { path, text } of notebooks) {
    const { issues } = await inspectNotebook(engines, { path, text }, settings);
    const ours = issues.filter(({ rule }) => !rule.startsWith("devmcp/")).map((
      { cell, line, column, rule },
    ) => `${cell}:${line}:${column} ${rule}`);
    const theirs = native.get(path)?.map(describeNative) ?? [];
    // A text that goes on in the next cell: native Ruff refuses it, we read on.
    if (theirs.some((one) => one.endsWith(" syntax-error"))) continue;
    const more = without(ours, theirs), less = without(theirs, ours);
    same += ours.length - more.length;
    differences.push(...more.map((one) => `ours only: ${basename(path)} ${one}`));
    differences.push(...less.map((one) => `native only: ${basename(path)} ${one}`));
  }
  const counts = `${notebooks.length} notebooks, ${same} findings identical`;
  return outcome("findings in notebooks", counts, same, differences);
}

function describeNative({ cell, code, location: { row, column } }: NativeFinding): string {
  return `${cell}:${row}:${column} ${code === "invalid-syntax" ? "syntax-error" : code}`;
}

/** What is left of a list when others are taken out, each once. */
function without(list: string[], others: string[]): string[] {
  const left = [...others];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function compareText(engines: Engines, ruff: string, notebooks: Notebook[], folder: string) {
  run(ruff, "format", "--no-cache", "--isolated", folder);
  const engine = await engines.ruff();
  const differences: string[] = [];
  let same = 0;
  for (const { path, text } of notebooks) {
    const theirs = sourcesOf(readFileSync(path, "utf8"));
    const ours = sourcesOf(
      formatOrKeep(() => formatNotebook(engine, text, DEFAULT_SETTINGS), text),
    );
    const at = ours.findIndex((source, index) => source !== theirs[index]);
    if (at < 0) same++;
    else differences.push(`${basename(path)} cell ${at + 1}`);
  }
  return outcome("formatted notebooks", `${same} identical`, same, differences);
}

/** What does not parse stays. */
function formatOrKeep(format: () => string, text: string): string {
  try {
    return format();
  } catch {
    return text;
  }
}

function sourcesOf(json: string): string[] {
  return JSON.parse(json).cells.map(({ source }: { source: string[] }) => source.join(""));
}

function run(program: string, ...args: string[]): string {
  const { stdout, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e9 });
  if (error) throw error;
  return stdout;
}

function outcome(name: string, counts: string, same: number, differences: string[]) {
  const unknown = differences.filter((one) => !KNOWN.test(one));
  const known = differences.length - unknown.length;
  const detail = `${counts}, ${known} differ as is known, ${unknown.length} otherwise`;
  const shown = [detail, ...unknown.slice(0, 20)].join("\n");
  return { name, passed: same > 0 && unknown.length === 0, detail: shown };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { ruff: { type: "string", default: "ruff" }, lib: { type: "string", default: "." } },
  });
  tell(await compareNotebooks(values));
}
