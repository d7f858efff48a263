/**
 * Compares what we find in notebooks, and how we format them, with native Ruff of the same version:
 * `deno run -A oracles/notebooks.ts --ruff PATH --notebooks DIR [--select RULES]`.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { inspectNotebook } from "../analysis/notebook/inspect_notebook.ts";
import { formatNotebook } from "../analysis/notebook/format_notebook.ts";
import { createEngines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS, withRules } from "../analysis/ruff/ruff_settings.ts";
import { loadAsset } from "../assets/load.ts";
import { toToml } from "./native_ruff.ts";

interface NativeFinding {
  filename: string;
  cell: number | null;
  code: string | null;
  location: { row: number; column: number };
}

const { values } = parseArgs({
  options: {
    ruff: { type: "string", default: "ruff" },
    notebooks: { type: "string", default: "." },
    select: { type: "string" },
  },
});
const engines = createEngines(loadAsset);
const folder = await Deno.realPath(values.notebooks);
const select = values.select?.split(",");
const settings = { ...(select ? withRules(DEFAULT_SETTINGS, { select }) : DEFAULT_SETTINGS) };
const scratch = await Deno.makeTempDir();
const config = join(scratch, "ruff.toml");
await Deno.writeTextFile(config, toToml({ ...settings, root: folder, cwd: folder }));

async function ruff(...args: string[]): Promise<string> {
  const command = new Deno.Command(values.ruff, { args, stderr: "null" });
  return new TextDecoder().decode((await command.output()).stdout);
}

/** Findings by file: `cell:row:column rule`. */
async function lintNatively(): Promise<Map<string, string[]>> {
  const args = ["--no-cache", "--config", config, "--output-format", "json", folder];
  const found: NativeFinding[] = JSON.parse(await ruff("check", ...args));
  return Map.groupBy(found, ({ filename }) => filename).entries().reduce(
    (all, [file, list]) => all.set(file, list.map(describe)),
    new Map<string, string[]>(),
  );
}

function describe({ cell, code, location: { row, column } }: NativeFinding): string {
  return `${cell}:${row}:${column} ${code === "invalid-syntax" ? "syntax-error" : code}`;
}

const native = await lintNatively();
const byRule = new Map<string, number>();
let same = 0, files = 0, formatted = 0;
const different: string[] = [], laidOutOtherwise: string[] = [];
for (const { name } of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
  if (!name.endsWith(".ipynb")) continue;
  files++;
  const path = join(folder, name);
  const text = await Deno.readTextFile(path);
  const { issues } = await inspectNotebook(engines, { path, text }, { ...settings, cwd: folder });
  const left = [...native.get(path) ?? []];
  for (const { cell, line, column, rule } of issues) {
    const at = left.indexOf(`${cell}:${line}:${column} ${rule}`);
    if (at >= 0) {
      left.splice(at, 1);
      same++;
    } else note(`ours   ${name} ${cell}:${line}:${column} ${rule}`);
  }
  for (const finding of left) note(`native ${name} ${finding}`);
  await compareFormat(name, text);
}

function note(line: string): void {
  different.push(line);
  const key = line.replace(/^(\S+).* /, "$1 ");
  byRule.set(key, (byRule.get(key) ?? 0) + 1);
}

async function compareFormat(name: string, text: string): Promise<void> {
  const copy = join(scratch, name);
  await Deno.writeTextFile(copy, text);
  await ruff("format", "--no-cache", "--isolated", copy);
  const sources = (json: string) =>
    JSON.parse(json).cells.map(({ source }: { source: string[] }) => source.join(""));
  let ours = text;
  try {
    ours = formatNotebook(await engines.ruff(), text, DEFAULT_SETTINGS);
  } catch {
    // What does not parse stays.
  }
  const theirs = sources(await Deno.readTextFile(copy));
  const at = sources(ours).findIndex((source: string, index: number) => source !== theirs[index]);
  if (at < 0) formatted++;
  else laidOutOtherwise.push(`${name} cell ${at + 1}`);
}

console.log(`${files} notebooks: ${same} findings identical, ${different.length} differ`);
console.log(Object.fromEntries([...byRule].sort((a, b) => b[1] - a[1])));
console.log(different.slice(0, 10).join("\n"));
console.log(`formatted: ${formatted} identical`, laidOutOtherwise.slice(0, 10));
await Deno.remove(scratch, { recursive: true });
if (different.length + laidOutOtherwise.length > 0) Deno.exitCode = 1;
