/**
 * Compares our embedded Ruff with native Ruff of the same version, file by file:
 * `deno run -A oracles/ruff.ts --ruff PATH --lib DIR`. `--record` renews the recorded sample that
 * the unit tests use instead of native Ruff.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadAsset } from "../assets/load.ts";
import { createRuff, type Ruff, type RuffSettings } from "../analysis/ruff/ruff.ts";
import { DEFAULT_SETTINGS, withRules } from "../analysis/ruff/ruff_settings.ts";
import {
  describeIssue,
  describeNative,
  formatNatively,
  lintNatively,
  type NativeFinding,
  toToml,
  versionOf,
} from "./native_ruff.ts";
import { RUFF_SNIPPETS } from "./ruff_snippets.ts";
import { type Comparison, tell } from "./comparison.ts";

export interface OracleOptions {
  /** Path of the native program. */
  ruff: string;
  /** A folder of Python files, such as Python's own library. */
  lib: string;
}

/** Rules that look at the file system: WebAssembly Ruff never finds anything with them. */
const NEEDS_THE_DISK: Record<string, string> = {
  EXE001: "reads the file's permissions",
  EXE002: "reads the file's permissions",
  INP001: "looks for __init__.py",
};

/**
 * WebAssembly Ruff is given no path. Findings of these rules need one; they are left out of the
 * comparison in place, where the other one gives all files names that mean nothing.
 */
const NEEDS_A_PATH: Record<string, string> = {
  D100: "is D104 in __init__.py",
  D104: "is D100 outside of __init__.py",
  I001: "first-party modules are looked up on the disk; the finder of settings does that for us",
};

/**
 * Share of findings that may differ in place: native Ruff knows that `class NodeVisitor` in ast.py
 * is `ast.NodeVisitor`, so it judges a standard library's own modules by their names. Some 140
 * findings of CPython 3.11: 0.4 % of its whole Lib folder, 1.5 % of a Lib folder without its tests.
 */
const IN_PLACE_TOLERANCE = 0.02;

const CHARACTERS_SHOWN = 240;

/** Runs all comparisons; takes some minutes on the standard library. */
export async function compareWithRuff({ ruff, lib }: OracleOptions): Promise<Comparison[]> {
  const ours = createRuff(
    await loadAsset("ruff.wasm"),
    new TextDecoder().decode(await loadAsset("ruff_glue.js")),
  );
  const native = versionOf(ruff);
  if (native !== ours.version) {
    const detail = `native ${native}, ours ${ours.version}`;
    return [{ name: "same version", passed: false, detail }];
  }
  const scratch = mkdtempSync(join(tmpdir(), "ruff-oracle-"));
  try {
    const files = readTexts(lib);
    const everything = withRules(DEFAULT_SETTINGS, { select: ["ALL"] });
    const run = { ruff, ours, scratch };
    const neutral = copyNeutrally(files, join(scratch, "neutral"));
    return [
      ...await compareLint({ ...run, files: neutral, name: "default rules" }, DEFAULT_SETTINGS),
      ...await compareLint({ ...run, files: neutral, name: "all rules" }, withoutTests(everything)),
      ...await compareLint({ ...run, files: neutral, name: "white space rules" }, WHITE_SPACE),
      ...await compareLint({ ...run, files, name: "in place", inPlace: true }, DEFAULT_SETTINGS),
      compareFormat(ruff, ours, neutral, scratch),
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What `autopep8` mends, most of it in preview. */
const WHITE_SPACE: RuffSettings = {
  ...DEFAULT_SETTINGS,
  options: { lint: { preview: true, select: ["E2", "E3", "E5", "W"], ignore: ["E501"] } },
};

function withoutTests(settings: RuffSettings): RuffSettings {
  return { ...settings, perFileIgnores: [] };
}

/** Python files in UTF-8 by path; native Ruff reads no other encodings. */
function readTexts(lib: string): Map<string, string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const names = readdirSync(lib, { recursive: true, encoding: "utf8" }).sort();
  const texts = new Map<string, string>();
  for (const name of names) {
    if (!name.endsWith(".py") || /(^|[/\\])site-packages[/\\]/.test(name)) continue;
    try {
      texts.set(join(lib, name), decoder.decode(readFileSync(join(lib, name))));
    } catch {
      // another encoding, or a folder: not ours to compare
    }
  }
  return texts;
}

/** Copies files to names that say nothing of a package or module; the copies' texts by path. */
function copyNeutrally(files: Map<string, string>, folder: string): Map<string, string> {
  mkdirSync(folder);
  return new Map(
    [...files].map(([file, text], index) => {
      const copy = join(folder, `file${index}.py`);
      cpSync(file, copy);
      return [copy, text];
    }),
  );
}

interface LintRun {
  name: string;
  ruff: string;
  ours: Ruff;
  files: Map<string, string>;
  scratch: string;
  /** Whether the files keep their names. @default false */
  inPlace?: boolean;
}

/** What one comparison has counted. */
interface Tally {
  identical: number;
  differences: string[];
  safe: number;
  wronglySafe: string[];
}

async function compareLint(run: LintRun, chosen: RuffSettings): Promise<Comparison[]> {
  const { name, ruff, ours, files, scratch, inPlace = false } = run;
  const settings = { ...chosen, root: scratch, cwd: scratch };
  const config = join(scratch, "ruff.toml");
  writeFileSync(config, toToml(settings));
  const tally: Tally = { identical: 0, differences: [], safe: 0, wronglySafe: [] };
  const waiting = new Map(files);
  const compare = (file: string, findings: NativeFinding[]) => {
    const skip = (rule: string) => rule in NEEDS_THE_DISK || inPlace && rule in NEEDS_A_PATH;
    compareFile(tally, { file, text: files.get(file)!, findings, ours, settings, skip });
    waiting.delete(file);
  };
  const paths = [...files.keys()];
  for await (const { file, findings } of lintNatively(ruff, { config, cwd: scratch, paths })) {
    if (files.has(file)) compare(file, findings);
  }
  for (const file of [...waiting.keys()]) compare(file, []);
  return [
    {
      name: `findings, ${name}`,
      passed: tally.differences.length <= (inPlace ? tally.identical * IN_PLACE_TOLERANCE : 0),
      detail: `${tally.identical} identical, ${tally.differences.length} differ` +
        ` in ${files.size} files${byRule(tally.differences)}${shown(tally.differences)}`,
    },
    {
      name: `safe fixes, ${name}`,
      passed: tally.wronglySafe.length === 0,
      detail: `${tally.safe} safe in native Ruff too, ${tally.wronglySafe.length} not` +
        shown(tally.wronglySafe),
    },
  ];
}

/** How often each rule differs: `D101 12, F401 3`. */
function byRule(lines: string[]): string {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const rule = /^\S+ +[^]*?: (\S+) /.exec(line)?.[1] ?? "?";
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([rule, n]) => ` ${rule} ${n}`).join(",");
}

function shown(lines: string[]): string {
  return lines.slice(0, 5).map((line) => `\n    ${line.slice(0, CHARACTERS_SHOWN)}`).join("");
}

interface ComparedFile {
  file: string;
  text: string;
  findings: NativeFinding[];
  ours: Ruff;
  settings: RuffSettings;
  skip(rule: string): boolean;
}

function compareFile(tally: Tally, compared: ComparedFile): void {
  const { file, text, findings, ours, settings, skip } = compared;
  const theirs = new Map<string, NativeFinding[]>();
  for (const finding of findings) {
    if (skip(finding.code ?? "")) continue;
    const line = describeNative(finding, text);
    theirs.set(line, [...theirs.get(line) ?? [], finding]);
  }
  for (const issue of ours.lint(text, settings, file)) {
    if (skip(issue.rule)) continue;
    const line = describeIssue(issue);
    const same = theirs.get(line)?.shift();
    if (same) tally.identical++;
    else if (isPackageImport(file, issue.rule)) dropSimilar(theirs, line);
    else tally.differences.push(`ours   ${file}: ${line}`);
    if (!issue.fix?.safe || !same) continue;
    if (same.fix?.applicability === "safe") tally.safe++;
    else tally.wronglySafe.push(`${file}: ${line}`);
  }
  for (const [line, left] of theirs) {
    for (const _ of left) tally.differences.push(`native ${file}: ${line}`);
  }
}

/** In __init__.py native Ruff adds advice to the message of F401. */
function isPackageImport(file: string, rule: string): boolean {
  return rule === "F401" && /[/\\]__init__\.py$/.test(file);
}

function dropSimilar(theirs: Map<string, NativeFinding[]>, line: string): void {
  const longer = [...theirs.keys()].find((key) => key.startsWith(`${line};`));
  if (longer) theirs.get(longer)!.shift();
}

/** Formats the copies in place, last of all. Native Ruff removes a byte order mark; we keep it. */
function compareFormat(
  ruff: string,
  ours: Ruff,
  copies: Map<string, string>,
  scratch: string,
): Comparison {
  const config = join(scratch, "format.toml");
  writeFileSync(config, "");
  formatNatively(ruff, { config, cwd: scratch, paths: [...copies.keys()] });
  let identical = 0, refused = 0;
  const differences: string[] = [];
  for (const [copy, text] of copies) {
    const formatted = formatOrRefuse(ours, text);
    const expected = formatted?.replace(/^\ufeff/, "") ?? text;
    if (!readFileSync(copy).equals(new TextEncoder().encode(expected))) differences.push(copy);
    else if (formatted === undefined) refused++;
    else identical++;
  }
  return {
    name: "formatted bytes",
    passed: differences.length === 0,
    detail: `${identical} identical, ${refused} refused by both, ${differences.length} differ` +
      shown(differences),
  };
}

function formatOrRefuse(ours: Ruff, text: string): string | undefined {
  try {
    return ours.format(text, DEFAULT_SETTINGS);
  } catch {
    return undefined;
  }
}

/** What native Ruff says of one snippet, for the tests that run without it. */
export interface RecordedSnippet {
  name: string;
  code: string;
  /** One line for each finding of our default rules, sorted. */
  findings: string[];
  /** Null where native Ruff refuses to format. */
  formatted: string | null;
}

async function record(ruff: string): Promise<RecordedSnippet[]> {
  const scratch = mkdtempSync(join(tmpdir(), "ruff-record-"));
  const config = join(scratch, "ruff.toml");
  writeFileSync(config, toToml({ ...DEFAULT_SETTINGS, root: scratch, cwd: scratch }));
  const recorded: RecordedSnippet[] = [];
  for (const [name, code] of Object.entries(RUFF_SNIPPETS)) {
    const path = join(scratch, "snippet.py");
    const run = { config, cwd: scratch, paths: [path] };
    writeFileSync(path, code);
    const findings: string[] = [];
    for await (const { findings: found } of lintNatively(ruff, run)) {
      findings.push(...found.map((finding) => describeNative(finding, code)));
    }
    const refused = formatNatively(ruff, run).size > 0;
    const formatted = refused ? null : new TextDecoder().decode(readFileSync(path));
    recorded.push({ name, code, findings: findings.sort(), formatted });
  }
  rmSync(scratch, { recursive: true });
  return recorded;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      ruff: { type: "string", default: "ruff" },
      lib: { type: "string" },
      record: { type: "boolean", default: false },
    },
  });
  if (values.record) {
    const path = new URL("recorded/ruff_sample.json", import.meta.url);
    writeFileSync(path, `${JSON.stringify(await record(values.ruff), null, 1)}\n`);
  }
  if (values.lib) tell(await compareWithRuff({ ruff: values.ruff, lib: values.lib }));
}
