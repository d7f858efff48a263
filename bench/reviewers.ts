import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../scripts/run.ts";
import type { Corpus } from "./corpus.ts";

/** A program that a team would run on its repository, with all that shows whether it did its work. */
export interface Reviewer {
  name: string;
  /** It writes to the report, on all processors if it can, and keeps nothing for the next time. */
  command: string[];
  report: string;
  /** Whether the exit code says that it ran to its end. */
  isDone(code: number): boolean;
  /** How many files it looked at, by its own report. */
  seen(report: string): number;
  /** How many files it was given. */
  given: number;
}

/** ESLint as its own first page and typescript-eslint's set it up. */
const ESLINT = ["eslint@10.15.0", "@eslint/js@10.0.1", "typescript-eslint@8.73.0"];
const ESLINT_PACKAGES = [...ESLINT, "typescript@6.0.3"];
export const ESLINT_VERSIONS = ESLINT.map((name) => name.replace(/(?<!^)@/, " "));

const CONFIG = `import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
export default defineConfig(js.configs.recommended, tseslint.configs.recommended);
`;

/** Installs ESLint into the folder: it lints only what is below its configuration. */
export async function installEslint(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  await writeFile(join(folder, "eslint.config.js"), CONFIG);
  const quiet = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund", "--save-exact"];
  await run("npm", ["install", "--prefix", folder, ...quiet, ...ESLINT_PACKAGES]);
}

const found = (pattern: RegExp) => (report: string) => Number(pattern.exec(report)?.[1] ?? 0);

/**
 * @param bin the programs installed from PyPI
 * @param home where ESLint and its configuration are, above the corpus
 * @param cores how many processors those may use that can use several
 */
export function reviewersOf(corpus: Corpus, bin: string, home: string, cores: number) {
  const part = (language: string) => corpus.parts.find((one) => one.language === language)!;
  const python = part("Python"), jobs = String(cores);
  const scripts = [part("JavaScript"), part("TypeScript")];
  const report = (name: string) => join(home, name);
  const eslint = join(home, "node_modules", "eslint", "bin", "eslint.js");
  const folders = scripts.map(({ folder }) => folder);
  return {
    pylint: {
      name: "pylint",
      // deno-fmt-ignore
      command: [join(bin, "pylint"), "--rcfile=/dev/null", "--recursive=y", "-j", jobs,
        "-f", "json2", `--output=${report("pylint.json")}`, python.folder],
      report: report("pylint.json"),
      // A bit for each kind of message: 1 is that a file could not be done, 32 a wrong flag.
      isDone: (code) => (code & 33) === 0,
      seen: (text) => JSON.parse(text).statistics.modulesLinted,
      given: python.files,
    },
    flake8: {
      name: "flake8",
      // deno-fmt-ignore
      command: [join(bin, "flake8"), "--isolated", "--benchmark", "--jobs", jobs,
        "--output-file", report("flake8.txt"), python.folder],
      report: report("flake8.txt"),
      isDone: (code) => code <= 1,
      seen: found(/(\d+)\s+total files processed/),
      given: python.files,
    },
    bandit: {
      name: "bandit",
      // deno-fmt-ignore
      command: [join(bin, "bandit"), "--quiet", "--recursive", "--format", "json",
        "--output", report("bandit.json"), python.folder],
      report: report("bandit.json"),
      isDone: (code) => code <= 1,
      seen: (text) => Object.keys(JSON.parse(text).metrics).length - 1,
      given: python.files,
    },
    radon: {
      name: "radon",
      // deno-fmt-ignore
      command: [join(bin, "radon"), "cc", "--show-complexity", "--json",
        "--output-file", report("radon.json"), python.folder],
      report: report("radon.json"),
      isDone: (code) => code === 0,
      seen: (text) => Object.keys(JSON.parse(text)).length,
      // Files without functions are not in its report.
      given: Math.round(python.files / 2),
    },
    eslint: {
      name: "ESLint",
      // deno-fmt-ignore
      command: ["node", eslint, "--concurrency", jobs,
        "--format", "json", "--output-file", report("eslint.json"), ...folders],
      report: report("eslint.json"),
      isDone: (code) => code <= 1,
      seen: (text) => JSON.parse(text).length,
      given: scripts.reduce((sum, { files }) => sum + files, 0),
    },
    lizard: {
      name: "lizard",
      // deno-fmt-ignore
      command: [join(bin, "lizard"), "--working_threads", jobs,
        "--output_file", report("lizard.txt"), corpus.folder],
      report: report("lizard.txt"),
      isDone: (code) => code <= 1,
      seen: found(/^(\d+) files? analyzed/m),
      // It passes over files that are equal to another.
      given: corpus.distinct,
    },
  } satisfies Record<string, Reviewer>;
}

/** @throws when it did not do all of its work: it would look fast */
export async function checkWork(reviewer: Reviewer, code: number): Promise<void> {
  const { name, isDone, seen, report, given } = reviewer;
  const files = isDone(code) ? seen(await readFile(report, "utf8")) : 0;
  if (files >= given) return;
  throw new Error(`${name} looked at ${files} of ${given} files (exit code ${code})`);
}
