/** Running Biome's own program, and its findings in the words of ours. */
import { spawnSync } from "node:child_process";
import project from "../deno.json" with { type: "json" };
import type { Issue } from "../analysis/issue.ts";

/** Of the same version as the one built in; npm has it as a program. */
const VERSION = project.imports["@biomejs/wasm-nodejs"].split("@").pop();
const PROGRAM = ["run", "-A", "--no-lock", `npm:@biomejs/biome@${VERSION}`];

/** What native Biome prints with `--reporter=json`. */
interface NativeFinding {
  severity: string;
  message: string;
  category: string;
  location: { path: string; start: NativePlace; end: NativePlace };
}

/** Columns count code points. */
interface NativePlace {
  line: number;
  column: number;
}

function biome(cwd: string, args: string[]): string {
  const { stdout, stderr } = spawnSync(Deno.execPath(), [...PROGRAM, ...args], {
    cwd,
    maxBuffer: 1e9,
  });
  return stdout.toString() || stderr.toString();
}

/** Lints a folder; gives the findings by the file's path in it. */
export function lintNatively(cwd: string): Map<string, NativeFinding[]> {
  const output = biome(cwd, ["lint", "--reporter=json", "--max-diagnostics=none", "."]);
  const report = JSON.parse(output.slice(output.indexOf("{")));
  return Map.groupBy(report.diagnostics as NativeFinding[], ({ location }) => location.path);
}

/** Formats the files of a folder in place; those that do not parse stay. */
export function formatNatively(cwd: string): void {
  biome(cwd, ["format", "--write", "--max-diagnostics=0", "."]);
}

const FIRST = { line: 1, column: 1 };
const NOWHERE = { path: "", start: FIRST, end: FIRST };

/** One finding as one line: rule, severity, place and message. */
export function describeNative(finding: NativeFinding, text: string): string {
  const { category, severity, location: { start, end }, message } = finding;
  const place = createPlaces(text);
  // What lies nowhere lies in line 0.
  if (start.line === 0) return describeNative({ ...finding, location: NOWHERE }, text);
  const rule = /^(parse|syntax\/.*)$/.test(category) ? "syntax-error" : category;
  return `${rule} ${severityOf(rule, severity)} ${place(start)}-${place(end)} ${oneLine(message)}`;
}

/** The same line for one of our issues. */
export function describeIssue({ rule, severity, line, column, end, message }: Issue): string {
  return `${rule} ${severity} ${line}:${column}-${end.line}:${end.column} ${message}`;
}

function severityOf(rule: string, severity: string): string {
  if (rule === "syntax-error") return "critical";
  if (rule.startsWith("lint/security/")) return "major";
  return { error: "major", warning: "minor" }[severity] ?? "info";
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, " ").trim();
}

/** Native columns in UTF-16 units, which differ after characters beyond U+FFFF. */
function createPlaces(text: string): (place: NativePlace) => string {
  if (!/[\u{10000}-\u{10ffff}]/u.test(text)) return ({ line, column }) => `${line}:${column}`;
  const lines = text.split("\n");
  return ({ line, column }) => {
    const before = Array.from(lines[line - 1] ?? "").slice(0, column - 1).join("");
    return `${line}:${Math.max(before.length + 1, column)}`;
  };
}
