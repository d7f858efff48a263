/**
 * Compares what we find in Markdown, by each project's own configuration files, with
 * markdownlint-cli2: `deno run -A oracles/markdown.ts`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { MARKDOWNLINT } from "../analysis/built_in_engines.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { MARKDOWN_PROJECTS } from "./markdown_projects.ts";
import { type Comparison, tell } from "./comparison.ts";

/** Of those that have markdownlint as it is built in, the newest. */
const PROGRAM = "npm:markdownlint-cli2@0.24.1";

/** One comparison for each project. */
export async function compareWithMarkdownlint(): Promise<Comparison[]> {
  const scratch = mkdtempSync(join(tmpdir(), "markdown-oracle-"));
  try {
    const outcomes: Comparison[] = [];
    for (const [i, [name, files]] of Object.entries(MARKDOWN_PROJECTS).entries()) {
      const folder = join(scratch, String(i));
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      outcomes.push(compare(name, lintNatively(folder), await lintHere(folder, files)));
    }
    return outcomes;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function compare(name: string, theirs: string[], ours: string[]): Comparison {
  const differences = [
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `native only: ${line}`),
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `ours only: ${line}`),
  ];
  const detail = [`${ours.length} findings, ${differences.length} differ`, ...differences];
  return { name, passed: differences.length === 0 && theirs.length > 0, detail: detail.join("\n") };
}

/** Lines such as `b/a.md:3:1 MD042`, as both sides write them. */
function lintNatively(cwd: string): string[] {
  const args = ["run", "-A", "--no-lock", PROGRAM, "**/*.md", "#node_modules"];
  const { stderr } = spawnSync(Deno.execPath(), args, { cwd, env: { NO_COLOR: "1" } });
  const lines = stderr.toString().matchAll(/^(\S+\.md:\d+)(?::(\d+))? error (MD\d+)/gm);
  return Array.from(lines, ([, place, column, rule]) => `${place}:${column ?? 1} ${rule}`).sort();
}

async function lintHere(folder: string, files: Record<string, string>): Promise<string[]> {
  const linter = await MARKDOWNLINT.load(() => Promise.reject(new Error("it has no assets")));
  const workspace = openWorkspace(folder);
  const found: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith(".md")) continue;
    const config = await workspace.engineConfig(path, MARKDOWNLINT.configFiles);
    const issues = await linter.lint({ path: join(folder, path), language: "markdown", text }, {
      config,
    });
    found.push(...issues.map(({ line, column, rule }) => `${path}:${line}:${column} ${rule}`));
  }
  return found.sort();
}

if (import.meta.main) {
  tell(await compareWithMarkdownlint());
}
