/**
 * Compares the metrics engine with radon itself on every file of a folder, by default the standard library of the
 * Python that radon is installed in. `--record` writes the table that the unit tests check without Python.
 *
 *     deno run -A oracles/radon.ts --python VENV/bin/python [--lib DIR] [--record]
 */
import { parseArgs } from "node:util";
import { type ComplexityReport, measureComplexity } from "../analysis/complexity.ts";
import { createPythonParser, type SyntaxTree } from "../analysis/syntax/syntax.ts";
import { loadAsset } from "../assets/load.ts";
import { SNIPPETS } from "./python_snippets.ts";
import { type Comparison, tell } from "./comparison.ts";

/** One thing that was compared, and whether it is as close as the project promises. */
export interface RadonOptions {
  /** A Python that can import radon. */
  python: string;
  /** The folder to measure. Default: that Python's standard library. */
  lib?: string;
}

/** What radon_dump.py says of one text. Numbers are absent where radon failed. */
interface RadonTruth {
  path: string;
  error?: string;
  raw_error?: string;
  cyclomatic?: number;
  functions?: Definition[];
  classes?: Definition[];
  reported?: [line: number, fullName: string][];
  halstead?: number[];
  raw?: number[];
  mi?: number;
}
type Definition = [line: number, name: string, complexity: number];

const MAX_FUNCTIONS = 20;
/** Texts that are not Python 3, which the standard library has for its tests, or too much for radon. */
const MAX_NOT_COMPARED = 20;
const MIN_SHARE = 0.995;
const MAX_INDEX_ERROR = 0.01;

/**
 * Measures every file with both and compares everything radon knows. Takes minutes: radon does.
 * @throws {Error} when radon cannot be run.
 */
export async function compareWithRadon(options: RadonOptions): Promise<Comparison[]> {
  const lib = options.lib ?? await findStandardLibrary(options.python);
  const tallies = new Tallies();
  const parser = await createPythonParser(
    await loadAsset("tree-sitter.wasm"),
    await loadAsset("tree-sitter-python.wasm"),
  );
  for (const truth of await dump(options.python, [lib])) {
    if (truth.error === "UnicodeDecodeError") continue;
    const tree = parser.parse(await Deno.readTextFile(truth.path));
    tallies.addFile({ ...truth, path: truth.path.slice(lib.length + 1) }, tree);
  }
  return tallies.outcomes();
}

async function findStandardLibrary(python: string): Promise<string> {
  const code = "import sysconfig; print(sysconfig.get_path('stdlib'))";
  return (await run(python, ["-c", code])).trim();
}

async function dump(python: string, args: string[], input = ""): Promise<RadonTruth[]> {
  const script = new URL("./radon_dump.py", import.meta.url).pathname;
  const lines = (await run(python, ["-W", "ignore", script, ...args], input)).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

async function run(program: string, args: string[], input = ""): Promise<string> {
  const child = new Deno.Command(program, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`Cannot run "${program} ${args.join(" ")}": it failed`);
  return new TextDecoder().decode(stdout);
}

/** How many were compared, and what differed. */
class Tally {
  compared = 0;
  readonly differences: string[] = [];

  add(where: string, expected: unknown, actual: unknown, why = ""): void {
    this.compared++;
    const [theirs, ours] = [JSON.stringify(expected), JSON.stringify(actual)];
    if (theirs !== ours) this.differences.push(`${where}: radon ${theirs}, ours ${ours}${why}`);
  }

  outcome(name: string, passed: boolean): Comparison {
    const { compared, differences } = this;
    const count = `${compared - differences.length} of ${compared} equal`;
    return { name, passed, detail: [count, ...differences].join("\n  ") };
  }

  get share(): number {
    return 1 - this.differences.length / Math.max(this.compared, 1);
  }
}

/** All that is compared. */
class Tallies {
  readonly functions = new Tally();
  readonly names = new Tally();
  readonly classes = new Tally();
  readonly modules = new Tally();
  readonly raw = new Tally();
  readonly halstead = new Tally();
  readonly index = new Tally();
  readonly notCompared: string[] = [];

  addFile(truth: RadonTruth, tree: SyntaxTree): void {
    const { path, error, raw_error } = truth;
    const ours = measureComplexity(tree);
    if (raw_error === "TooSlow") {
      this.notCompared.push(`${path}: radon's line counts take too long`);
    } else this.raw.add(path, truth.raw ?? null, ours.raw && Object.values(ours.raw));
    if (error) return void this.notCompared.push(`${path}: ${error} in radon`);
    this.addDefinitions(truth, ours);
    this.modules.add(path, truth.cyclomatic, ours.cyclomatic);
    this.halstead.add(path, round(truth.halstead), round(ours.halstead));
    if (truth.mi !== undefined) this.addIndex(path, truth.mi, ours);
  }

  addDefinitions({ path, functions, classes, reported }: RadonTruth, ours: ComplexityReport): void {
    compareDefinitions(this.functions, path, functions!, ours.functions, ours.notMeasured);
    compareDefinitions(this.classes, path, classes!, ours.classes, ours.notMeasured);
    const named = new Set(ours.functions.map(({ line, name }) => `${line} ${name}`));
    for (const [line, name] of reported!) {
      this.names.add(`${path}:${line}`, name, named.has(`${line} ${name}`) ? name : null);
    }
  }

  addIndex(path: string, expected: number, { maintainabilityIndex }: ComplexityReport): void {
    const close = maintainabilityIndex !== null &&
      Math.abs(maintainabilityIndex - expected) <= MAX_INDEX_ERROR;
    this.index.add(path, expected, close ? expected : maintainabilityIndex);
  }

  outcomes(): Comparison[] {
    const mostly = (tally: Tally) => tally.share >= MIN_SHARE;
    return [
      this.functions.outcome(
        `cyclomatic complexity of functions (at most ${MAX_FUNCTIONS} may differ)`,
        this.functions.differences.length <= MAX_FUNCTIONS,
      ),
      this.names.outcome("names of functions and methods", mostly(this.names)),
      this.classes.outcome("cyclomatic complexity of classes", mostly(this.classes)),
      this.modules.outcome("cyclomatic complexity of modules", mostly(this.modules)),
      this.raw.outcome("line counts", mostly(this.raw)),
      this.halstead.outcome("Halstead measures", mostly(this.halstead)),
      this.index.outcome("maintainability index", mostly(this.index)),
      {
        name: "not compared",
        passed: this.notCompared.length <= MAX_NOT_COMPARED,
        detail: [`${this.notCompared.length} files`, ...this.notCompared].join("\n  "),
      },
    ];
  }
}

function compareDefinitions(
  tally: Tally,
  path: string,
  expected: Definition[],
  ours: { line: number; name: string; cyclomatic: number }[],
  notMeasured: string[],
): void {
  const found = new Map<string, number[]>();
  for (const { line, name, cyclomatic } of ours) {
    const key = `${line} ${name.slice(name.lastIndexOf(".") + 1)}`;
    found.set(key, [...found.get(key) ?? [], cyclomatic].sort((a, b) => a - b));
  }
  const why = notMeasured.length > 0 ? ` (${notMeasured[0]})` : "";
  for (const [line, name, complexity] of expected) {
    const actual = found.get(`${line} ${name}`)?.shift() ?? null;
    tally.add(`${path}:${line} ${name}`, complexity, actual, why);
  }
  for (const [key, left] of found) {
    for (const actual of left) tally.add(`${path}:${key}`, null, actual, why);
  }
}

/** Logarithms differ in the last digits between languages. */
function round(halstead: number[] | object | null | undefined): number[] | null {
  return halstead ? Object.values(halstead).map((value) => Number(value.toPrecision(9))) : null;
}

async function record(python: string): Promise<void> {
  const truths = await dump(python, [], JSON.stringify(SNIPPETS.map(({ source }) => source)));
  const rows = SNIPPETS.map((snippet, i) => JSON.stringify({ ...snippet, radon: truths[i] }));
  const file = new URL("./recorded/radon_sample.json", import.meta.url);
  await Deno.writeTextFile(file, `[\n${rows.join(",\n")}\n]\n`);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { python: { type: "string" }, lib: { type: "string" }, record: { type: "boolean" } },
  });
  const python = values.python ?? "python3";
  if (values.record) await record(python);
  else {
    tell(await compareWithRadon({ python, lib: values.lib }));
  }
}
