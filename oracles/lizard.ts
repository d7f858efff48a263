/**
 * Compares the metrics of languages other than Python with lizard's, on what real code there is on the
 * machine, by default Deno's cache of npm packages and Go's standard library. `--record` writes the
 * table that the unit tests check without Python.
 *
 *     deno run -A oracles/lizard.ts --python VENV/bin/python [--most FILES] [--differences N] [--record] [DIR…]
 */
import { extname, join } from "node:path";
import { parseArgs } from "node:util";
import type { FunctionComplexity } from "../analysis/complexity.ts";
import type { LoadBytes } from "../analysis/engine.ts";
import type { LanguageId } from "../analysis/languages.ts";
import { METERS } from "../analysis/metrics/meters.ts";
import { loadAsset } from "../assets/load.ts";
import { SNIPPETS } from "./lizard_snippets.ts";
import { type Comparison, tell } from "./comparison.ts";

export interface LizardOptions {
  /** A Python that can import lizard. */
  python: string;
  /** The folders with code. @default what there is on the machine */
  folders?: string[];
  /** Files per language at most. @default 250 */
  most?: number;
}

/** What lizard says of a function. */
export interface LizardFunction {
  name: string;
  line: number;
  end: number;
  cyclomatic: number;
  parameters: number;
}

interface LizardTruth {
  path: string;
  functions?: LizardFunction[];
}

const BY_EXTENSION: Record<string, LanguageId> = {
  ".js": "javascript",
  ".mjs": "javascript",
  ".ts": "typescript",
  ".tsx": "tsx",
  ".go": "go",
  ".rs": "rust",
  ".java": "java",
  ".c": "c",
  ".cc": "cpp",
  ".cpp": "cpp",
  ".cs": "csharp",
  ".rb": "ruby",
  ".php": "php",
  ".kt": "kotlin",
};

/**
 * How much has to agree: of lizard's functions, how many are found; of these, how many have the same
 * cyclomatic complexity. Lizard reads tokens, not syntax: what it errs in is in docs/complexity.md.
 */
const LEAST: Partial<Record<LanguageId, [found: number, equal: number]>> = {
  javascript: [0.85, 0.88],
  typescript: [0.75, 0.9],
  tsx: [0.8, 0.8],
  go: [0.995, 0.995],
  rust: [0.94, 0.84],
  java: [0.995, 0.998],
  c: [0.96, 0.99],
  cpp: [0.98, 0.985],
  csharp: [0.97, 0.95],
  ruby: [0.97, 0.95],
  php: [0.98, 0.88],
  kotlin: [0.8, 0.97],
};

/** Larger files are data, or made by programs. */
const MAX_BYTES = 300_000;
const SKIPPED = /\.min\.js$|\.d\.ts$|[\\/](?:\.git|testdata|template)[\\/]/;

export async function compareWithLizard(options: LizardOptions): Promise<Comparison[]> {
  const folders = options.folders?.length ? options.folders : await findFolders();
  const files = await collectFiles(folders, options.most ?? 250);
  const outcomes: Comparison[] = [];
  for (const [language, paths] of files) {
    const tally = await compareFiles(language, await askLizard(options.python, paths));
    outcomes.push(tally.outcome());
  }
  return outcomes;
}

async function findFolders(): Promise<string[]> {
  const [deno, go] = await Promise.all([
    run(Deno.execPath(), ["info", "--json"]).then((text) => JSON.parse(text).npmCache as string),
    run("go", ["env", "GOROOT"]).then((text) => join(text.trim(), "src", "net"), () => ""),
  ]);
  return [deno, go].filter(Boolean);
}

/** Up to so many files of each language, from all over the folders. */
async function collectFiles(folders: string[], most: number): Promise<Map<LanguageId, string[]>> {
  const found = new Map<LanguageId, string[]>();
  for (const folder of folders) {
    for await (const path of walk(folder)) {
      const language = BY_EXTENSION[extname(path)];
      if (language) found.set(language, [...found.get(language) ?? [], path]);
    }
  }
  for (const [language, paths] of found) {
    const step = Math.max(1, Math.floor(paths.length / most));
    const some = paths.sort().filter((_, n) => n % step === 0).slice(0, most);
    found.set(language, some);
  }
  return found;
}

async function* walk(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (SKIPPED.test(path)) continue;
    if (entry.isDirectory) yield* walk(path);
    else if (entry.isFile && BY_EXTENSION[extname(path)]) {
      if ((await Deno.stat(path)).size <= MAX_BYTES) yield path;
    }
  }
}

async function askLizard(python: string, paths: string[]): Promise<LizardTruth[]> {
  const script = new URL("./lizard_dump.py", import.meta.url).pathname;
  const lines = await run(python, ["-W", "ignore", script], `${paths.join("\n")}\n`);
  return lines.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

async function run(program: string, args: string[], input = ""): Promise<string> {
  const command = new Deno.Command(program, { args, stdin: "piped", stdout: "piped" });
  const child = command.spawn();
  const written = new Blob([input]).stream().pipeTo(child.stdin);
  const { success, stdout } = await child.output();
  await written;
  if (!success) throw new Error(`Cannot run "${program} ${args.join(" ")}": it failed`);
  return new TextDecoder().decode(stdout);
}

async function compareFiles(language: LanguageId, truths: LizardTruth[]): Promise<Tally> {
  const meter = await METERS[language]!.load(loadAsset as LoadBytes);
  const tally = new Tally(language);
  for (const { path, functions } of truths) {
    const text = await Deno.readTextFile(path);
    // Of bytes that are no text nobody knows the columns, and lizard fails on some files.
    if (!functions || text.includes("\uFFFD")) continue;
    tally.add(path, text, functions, meter.measure(text).report.functions);
  }
  return tally;
}

/** Names differ in how they are put together: the last part of them has to be the same. */
export function lastName(name: string): string {
  const plain = name.replace(/anonymous__\d+/, "(anonymous)").replace(/\boperator\s*/g, "operator ")
    .replace(/(?<!operator )<.*$/s, "").replace(/^(?:get|set) /, "").replace(/=$|~/g, "");
  return plain.split(/::|\.|#/).at(-1)!.trim();
}

/** What is declared and not defined: of some languages lizard tells it. */
function hasNoBody(lines: string[], { line, end }: LizardFunction): boolean {
  return line === end && /^[^{}]*;\s*$/.test(lines[line - 1] ?? "");
}

/** By line, and name or end; what lizard has no name for may have one. */
function findSame(
  ours: FunctionComplexity[],
  one: LizardFunction,
): FunctionComplexity | undefined {
  const here = ours.filter(({ line }) => line === one.line);
  return here.find(({ name }) => lastName(name) === lastName(one.name)) ??
    here.find(({ endLine }) => endLine === one.end) ??
    (one.name.startsWith("(anonymous)") ? here[0] : undefined);
}

/** Why lizard's number is another, where the text tells. */
const REASONS: [LanguageId[], RegExp, string][] = [
  [["rust"], /\|\|\s*[{\w(&*]/, "`||` of a closure without parameters is no decision"],
  [["rust"], /\?Sized/, "`?Sized` is no decision"],
  [["csharp", "php", "kotlin", "typescript", "tsx"], /\?[.\[>]|\?\w|\w\?\s/, "`?` of types"],
  [["javascript", "typescript", "tsx"], /\/(?!\/)[^\n]*["'`?&|][^\n]*\//, "regular expressions"],
  [["javascript", "typescript", "tsx"], /=>/, "functions inside, which lizard tells apart badly"],
  [["javascript", "typescript", "tsx"], /`/, "templates"],
  [["ruby"], /\?\S|["'`%/]/, "characters and interpolated strings"],
  [["c", "cpp"], /#\s*(?:if|else|elif)/, "conditional compilation"],
];

class Tally {
  #lizard = 0;
  #found = 0;
  #equal = 0;
  #parameters = 0;
  #ends = 0;
  #extra = 0;
  readonly #reasons = new Map<string, number>();
  readonly #differences: string[] = [];

  constructor(private readonly language: LanguageId) {}

  add(path: string, text: string, theirs: LizardFunction[], ours: FunctionComplexity[]): void {
    const lines = text.split("\n");
    const left = new Set(ours);
    for (const one of theirs) {
      if (hasNoBody(lines, one)) continue;
      this.#lizard++;
      const own = findSame([...left], one);
      if (!own) this.#tell("only lizard finds it", path, one);
      else {
        left.delete(own);
        this.#compare(path, lines, one, own);
      }
    }
    this.#extra += left.size;
  }

  #compare(path: string, lines: string[], one: LizardFunction, own: FunctionComplexity): void {
    this.#found++;
    if (own.parameters === one.parameters) this.#parameters++;
    if (own.endLine === one.end) this.#ends++;
    if (own.cyclomatic === one.cyclomatic) return void this.#equal++;
    const source = lines.slice(one.line - 1, Math.max(one.end, own.endLine)).join("\n");
    const known = own.endLine === one.end
      ? REASONS.find(([languages, pattern]) =>
        languages.includes(this.language) && pattern.test(source)
      )?.[2]
      : "lizard misses the end";
    this.#tell(known ?? "other", path, one, own);
  }

  #tell(reason: string, path: string, one: LizardFunction, own?: FunctionComplexity): void {
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    const numbers = own ? `lizard ${one.cyclomatic}, ours ${own.cyclomatic}` : "";
    this.#differences.push(`${path}:${one.line} ${one.name}: ${reason} ${numbers}`);
  }

  outcome(): Comparison {
    const [found, equal] = LEAST[this.language] ?? [0, 0];
    const share = (part: number, of: number) => part / Math.max(of, 1);
    const percent = (part: number, of: number) => `${(100 * share(part, of)).toFixed(1)} %`;
    const reasons = [...this.#reasons].sort((a, b) => b[1] - a[1])
      .map(([reason, count]) => `${count} × ${reason}`);
    return {
      name: this.language,
      passed: share(this.#found, this.#lizard) >= found &&
        share(this.#equal, this.#found) >= equal,
      detail: [
        `${percent(this.#found, this.#lizard)} of ${this.#lizard} functions found, of these ` +
        `${percent(this.#equal, this.#found)} with the same cyclomatic complexity, ` +
        `${percent(this.#parameters, this.#found)} the same parameters, ` +
        `${percent(this.#ends, this.#found)} the same end; ${this.#extra} that lizard lacks` +
        ` (${reasons.join("; ")})`,
        ...this.#differences.slice(0, mostDifferences),
      ].join("\n  "),
    };
  }
}

let mostDifferences = 20;

async function record(python: string): Promise<void> {
  const folder = await Deno.makeTempDir();
  const rows: string[] = [];
  for (const { language, extension, source } of SNIPPETS) {
    const path = join(folder, `sample.${extension}`);
    await Deno.writeTextFile(path, source);
    const [truth] = await askLizard(python, [path]);
    rows.push(JSON.stringify({ language, source, functions: truth!.functions }));
  }
  await Deno.remove(folder, { recursive: true });
  const file = new URL("./recorded/lizard_sample.json", import.meta.url);
  await Deno.writeTextFile(file, `[\n${rows.join(",\n")}\n]\n`);
}

if (import.meta.main) {
  const { values, positionals: folders } = parseArgs({
    options: {
      python: { type: "string", default: "python3" },
      most: { type: "string", default: "250" },
      differences: { type: "string", default: "20" },
      record: { type: "boolean" },
    },
    allowPositionals: true,
  });
  mostDifferences = Number(values.differences);
  if (values.record) await record(values.python);
  else {
    const most = Number(values.most);
    tell(
      await compareWithLizard({
        python: values.python,
        folders,
        most,
      }),
    );
  }
}
