/** Running native Ruff, and its findings in the words of ours. */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { stringify } from "smol-toml";
import type { Issue } from "../analysis/issue.ts";
import type { RuffSettings } from "../analysis/ruff/ruff.ts";

/** What native Ruff prints with `--output-format json-lines`. */
export interface NativeFinding {
  code: string | null;
  message: string;
  filename: string;
  location: NativePlace;
  end_location: NativePlace;
  fix: {
    applicability: "safe" | "unsafe" | "display";
    message: string | null;
    edits: { content: string; location: NativePlace; end_location: NativePlace }[];
  } | null;
}

/** Columns count code points. */
interface NativePlace {
  row: number;
  column: number;
}

/** The settings as a ruff.toml. */
export function toToml(settings: RuffSettings): string {
  const lint = { ...settings.options.lint as Record<string, unknown> };
  lint["per-file-ignores"] = Object.fromEntries(
    settings.perFileIgnores.map(({ pattern, rules }) => [pattern, rules]),
  );
  // Preview mode would otherwise report names instead of codes.
  return stringify({ ...settings.options, "output-prefer-rule-codes": true, lint });
}

/** The version, without the program's name. */
export function versionOf(ruff: string): string {
  return spawnSync(ruff, ["--version"]).stdout.toString().trim().split(" ").at(-1)!;
}

export interface NativeRun {
  config: string;
  /** Where relative patterns of the configuration start. */
  cwd: string;
  paths: string[];
}

/** Lints, and gives the findings of one file after the other. */
export async function* lintNatively(
  ruff: string,
  { config, cwd, paths }: NativeRun,
): AsyncGenerator<{ file: string; findings: NativeFinding[] }> {
  const args = ["check", "--no-cache", "--quiet", "--output-format", "json-lines"];
  const child = spawn(ruff, [...args, "--config", config, ...paths], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let file = "", findings: NativeFinding[] = [];
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    const finding: NativeFinding = JSON.parse(line);
    if (finding.filename !== file) {
      if (findings.length > 0) yield { file, findings };
      [file, findings] = [finding.filename, []];
    }
    findings.push(finding);
  }
  if (findings.length > 0) yield { file, findings };
}

/** Formats the files in place; gives the paths that Ruff says it could not format. */
export function formatNatively(ruff: string, { config, cwd, paths }: NativeRun): Set<string> {
  const run = spawnSync(ruff, ["format", "--no-cache", "--config", config, ...paths], {
    cwd,
    maxBuffer: 1e8,
  });
  const failures = run.stderr.toString().matchAll(/Failed to (?:parse|format|read) ([^\n]*?\.py)/g);
  return new Set(Array.from(failures, ([, path]) => path!));
}

/** One finding as one line: rule, place, message and what the fix replaces. */
export function describeNative(finding: NativeFinding, text: string): string {
  const place = createPlaces(text);
  const edits = finding.fix?.edits.map(({ location, end_location, content }) =>
    `${place(location)}-${place(end_location)}=${JSON.stringify(content)}`
  );
  const { code } = finding;
  const rule = code === null || code === "invalid-syntax" ? "syntax-error" : code;
  const range = `${place(finding.location)}-${place(finding.end_location)}`;
  return `${rule} ${range} ${finding.message}${edits ? ` | ${edits.join(" ")}` : ""}`;
}

/** The same line for one of our issues. */
export function describeIssue({ rule, line, column, end, message, fix }: Issue): string {
  const edits = fix?.edits.map(({ start, end, content }) =>
    `${start.line}:${start.column}-${end.line}:${end.column}=${JSON.stringify(content)}`
  );
  const range = `${line}:${column}-${end.line}:${end.column}`;
  return `${rule} ${range} ${message}${edits ? ` | ${edits.join(" ")}` : ""}`;
}

/** Native columns in UTF-16 units, which differ after characters beyond U+FFFF. */
function createPlaces(text: string): (place: NativePlace) => string {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return ({ row, column }) => `${row}:${column}`;
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  return ({ row, column }) => {
    const before = Array.from(lines[row - 1] ?? "").slice(0, column - 1).join("");
    return `${row}:${Math.max(before.length + 1, column)}`;
  };
}
