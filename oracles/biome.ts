/**
 * Compares our embedded Biome with its native program of the same version, file by file, on files of
 * the npm packages in Deno's cache: `deno run -A oracles/biome.ts [--files N]`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { loadAsset } from "../assets/load.ts";
import type { Biome } from "../analysis/biome/biome.ts";
import { BIOME } from "../analysis/built_in_engines.ts";
import { applyEdits } from "../analysis/fixes/fixes.ts";
import type { EngineSettings } from "../analysis/engine.ts";
import { isBroken, type Issue } from "../analysis/issue.ts";
import { languageOf } from "../analysis/languages.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { BIOME_PROJECTS } from "./biome_projects.ts";
import { BIOME_SNIPPETS } from "./biome_snippets.ts";
import { describeIssue, describeNative, formatNatively, lintNatively } from "./native_biome.ts";
import { packageFiles } from "./package_files.ts";
import { type Comparison, tell } from "./comparison.ts";

interface Sample {
  /** In the scratch folder. */
  path: string;
  text: string;
}

/** Rules that look at the file system, or at other files: WebAssembly Biome sees one. */
const NEEDS_THE_DISK = ["lint/suspicious/noImportCycles", "lint/correctness/noUnresolvedImports"];

/** Runs the comparison on some hundred files. */
export async function compareWithBiome({ files = 600 } = {}): Promise<Comparison[]> {
  const ours = await BIOME.load((name) => loadAsset(name as Parameters<typeof loadAsset>[0]));
  const scratch = mkdtempSync(join(tmpdir(), "biome-oracle-"));
  try {
    const samples = [...snippets(), ...await readSamples(files)];
    write(scratch, samples);
    // An own configuration keeps native Biome from looking further up.
    writeFileSync(join(scratch, "biome.json"), '{"files":{"includes":["**","!project*"]}}');
    return [
      await compareFindings(ours, samples, scratch),
      await compareFixes(ours, samples),
      await compareText(ours, samples, scratch),
      ...await compareProjects(ours, scratch),
    ];
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function snippets(): Sample[] {
  return BIOME_SNIPPETS.map(([name, text], i) => ({ path: `s${i}/${name}`, text }));
}

/** A folder for each: names tell Biome what may be in a file. */
async function readSamples(count: number): Promise<Sample[]> {
  const paths = await packageFiles(/\.(?:[mc]?[jt]s|[jt]sx|jsonc?|css)$/, count);
  return paths.map((path, i) => ({ path: `${i}/${basename(path)}`, text: readText(path) }));
}

function readText(path: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(readFileSync(path));
}

function write(folder: string, samples: Sample[]): void {
  for (const { path, text } of samples) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What is configured for a sample. */
type Configured = (sample: Sample) => Promise<EngineSettings>;

const UNCONFIGURED: Configured = () => Promise.resolve({});

/** Each project with its own configuration, which the workspace finds. */
async function compareProjects(ours: Biome, scratch: string): Promise<Comparison[]> {
  const outcomes: Comparison[] = [];
  for (const [i, [name, files]] of Object.entries(BIOME_PROJECTS).entries()) {
    const folder = join(scratch, `project${i}`);
    const samples = Object.entries(files).map(([path, text]) => ({ path, text }));
    write(folder, samples);
    const code = samples.filter(({ path }) => /\.(jsx?|css)$/.test(path));
    const configured: Configured = async ({ path }) => ({
      config: await openWorkspace(folder).engineConfig(path, BIOME.configFiles),
    });
    const found = await compareFindings(ours, code, folder, configured);
    const text = await compareText(ours, code, folder, configured);
    outcomes.push(...[found, text].map((one) => ({ ...one, name: `${name}: ${one.name}` })));
  }
  return outcomes;
}

function sourceOf({ path, text }: Sample) {
  return { path, text, language: languageOf(path)! };
}

async function compareFindings(
  ours: Biome,
  samples: Sample[],
  scratch: string,
  configured = UNCONFIGURED,
) {
  const native = lintNatively(scratch);
  const differences: string[] = [];
  let findings = 0;
  for (const sample of samples) {
    const expected = onlyBroken(
      (native.get(sample.path) ?? [])
        .filter(({ category }) => !NEEDS_THE_DISK.includes(category))
        .map((finding) => describeNative(finding, sample.text)),
    ).sort();
    const issues = await ours.lint(sourceOf(sample), await configured(sample));
    const found = issues.map(describeIssue).sort();
    findings += found.length;
    differences.push(...differ(sample, expected, found));
  }
  const detail = `${samples.length} files, ${findings} findings, ${differences.length} differ`;
  return outcome("findings", detail, differences);
}

/** We tell nothing else of a file that does not parse. */
function onlyBroken(lines: string[]): string[] {
  const broken = lines.filter((line) => isBroken({ rule: line.split(" ", 1)[0]! } as Issue));
  return broken.length > 0 ? broken : lines;
}

/** Twice: Biome itself does not leave all it has formatted as it is. */
async function compareText(
  ours: Biome,
  samples: Sample[],
  scratch: string,
  configured = UNCONFIGURED,
) {
  const [once, twice] = [0, 1].map(() => {
    formatNatively(scratch);
    return samples.map(({ path }) => readText(join(scratch, path)));
  });
  const differences: string[] = [];
  let refused = 0, unstable = 0;
  for (const [i, sample] of samples.entries()) {
    const settings = await configured(sample);
    const formatted = await tryFormat(ours, sample, settings) ?? (refused++, sample.text);
    const again = await tryFormat(ours, { ...sample, text: formatted }, settings) ?? formatted;
    if (again !== formatted) unstable++;
    if (formatted !== once![i]) differences.push(`${sample.path}: other text`);
    else if (again !== twice![i]) differences.push(`${sample.path}: other text the second time`);
  }
  const counts = `${refused} do not parse, ${unstable} change again when formatted again`;
  const detail = `${samples.length} files, ${counts}, ${differences.length} differ`;
  return outcome("formatted text", detail, differences);
}

/** A safe fix, each alone, leaves a file that parses; so does the first of each unsafe kind. */
async function compareFixes(ours: Biome, samples: Sample[]): Promise<Comparison> {
  const differences: string[] = [];
  let fixes = 0;
  for (const sample of samples) {
    const seen = new Set<string>();
    for (const { rule, fix } of await ours.lint(sourceOf(sample), {})) {
      if (!fix || seen.has(rule)) continue;
      seen.add(rule);
      fixes++;
      const text = applyEdits(sample.text, fix.edits);
      const after = await ours.lint(sourceOf({ ...sample, text }), {});
      if (text === sample.text) differences.push(`${sample.path}: ${rule} changes nothing`);
      if (after.some(isBroken)) differences.push(`${sample.path}: ${rule} breaks the file`);
    }
  }
  const detail = `${fixes} fixes, ${differences.length} do harm or nothing`;
  return outcome("fixes", detail, differences);
}

async function tryFormat(
  ours: Biome,
  sample: Sample,
  settings: EngineSettings,
): Promise<string | undefined> {
  try {
    return await ours.format(sourceOf(sample), settings);
  } catch {
    return undefined;
  }
}

const SHOWN = 20;

function differ({ path }: Sample, expected: string[], found: string[]): string[] {
  const missing = expected.filter((line) => !found.includes(line));
  const added = found.filter((line) => !expected.includes(line));
  return [
    ...missing.map((line) => `${path}: native only: ${line}`),
    ...added.map((line) => `${path}: ours only: ${line}`),
  ];
}

function outcome(name: string, detail: string, differences: string[]): Comparison {
  const shown = [detail, ...differences.slice(0, SHOWN)].join("\n");
  return { name, passed: differences.length === 0, detail: shown };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { files: { type: "string", default: "600" } } });
  tell(await compareWithBiome({ files: Number(values.files) }));
}
