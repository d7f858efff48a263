import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Corpus, Part } from "./corpus.ts";

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

const found = (pattern: RegExp) => (report: string) => Number(pattern.exec(report)?.[1] ?? 0);

/** Where the programs are, and what they are given. */
interface Bench {
  corpus: Corpus;
  /** Of the programs installed from PyPI. */
  bin: string;
  /** Where ESLint and its configuration are, above the corpus; reports go there. */
  home: string;
  /** How many processors those may use that can use several. */
  jobs: string;
}

/**
 * @param bin the programs installed from PyPI
 * @param home where ESLint and its configuration are, above the corpus
 * @param cores how many processors those may use that can use several
 */
export function reviewersOf(corpus: Corpus, bin: string, home: string, cores: number) {
  const bench = { corpus, bin, home, jobs: String(cores) };
  return {
    pylint: pylint(bench),
    flake8: flake8(bench),
    bandit: bandit(bench),
    radon: radon(bench),
    eslint: eslint(bench),
    lizard: lizard(bench),
  };
}

function partOf({ parts }: Corpus, language: string): Part {
  return parts.find((part) => part.language === language)!;
}

function pylint({ corpus, bin, home, jobs }: Bench): Reviewer {
  const python = partOf(corpus, "Python");
  const report = join(home, "pylint.json");
  return {
    name: "pylint",
    // deno-fmt-ignore
    command: [join(bin, "pylint"), "--rcfile=/dev/null", "--recursive=y", "-j", jobs,
      "-f", "json2", `--output=${report}`, python.folder],
    report,
    // A bit for each kind of message: 1 is that a file could not be done, 32 a wrong flag.
    isDone: (code) => (code & 33) === 0,
    seen: (text) => JSON.parse(text).statistics.modulesLinted,
    given: python.files,
  };
}

function flake8({ corpus, bin, home, jobs }: Bench): Reviewer {
  const python = partOf(corpus, "Python");
  const report = join(home, "flake8.txt");
  return {
    name: "flake8",
    // deno-fmt-ignore
    command: [join(bin, "flake8"), "--isolated", "--benchmark", "--jobs", jobs,
      "--output-file", report, python.folder],
    report,
    isDone: (code) => code <= 1,
    seen: found(/(\d+)\s+total files processed/),
    given: python.files,
  };
}

function bandit({ corpus, bin, home }: Bench): Reviewer {
  const python = partOf(corpus, "Python");
  const report = join(home, "bandit.json");
  return {
    name: "bandit",
    // deno-fmt-ignore
    command: [join(bin, "bandit"), "--quiet", "--recursive", "--format", "json",
      "--output", report, python.folder],
    report,
    isDone: (code) => code <= 1,
    seen: (text) => Object.keys(JSON.parse(text).metrics).length - 1,
    given: python.files,
  };
}

function radon({ corpus, bin, home }: Bench): Reviewer {
  const python = partOf(corpus, "Python");
  const report = join(home, "radon.json");
  return {
    name: "radon",
    // deno-fmt-ignore
    command: [join(bin, "radon"), "cc", "--show-complexity", "--json",
      "--output-file", report, python.folder],
    report,
    isDone: (code) => code === 0,
    seen: (text) => Object.keys(JSON.parse(text)).length,
    // Files without functions are not in its report.
    given: Math.round(python.files / 2),
  };
}

function eslint({ corpus, home, jobs }: Bench): Reviewer {
  const scripts = [partOf(corpus, "JavaScript"), partOf(corpus, "TypeScript")];
  const report = join(home, "eslint.json");
  return {
    name: "ESLint",
    // deno-fmt-ignore
    command: ["node", join(home, "node_modules", "eslint", "bin", "eslint.js"),
      "--concurrency", jobs, "--format", "json", "--output-file", report, ...scripts.map(({ folder }) => folder)],
    report,
    isDone: (code) => code <= 1,
    seen: (text) => JSON.parse(text).length,
    given: scripts.reduce((sum, { files }) => sum + files, 0),
  };
}

function lizard({ corpus, bin, home, jobs }: Bench): Reviewer {
  const report = join(home, "lizard.txt");
  return {
    name: "lizard",
    // deno-fmt-ignore
    command: [join(bin, "lizard"), "--working_threads", jobs,
      "--output_file", report, corpus.folder],
    report,
    isDone: (code) => code <= 1,
    seen: found(/^(\d+) files? analyzed/m),
    // It passes over files that are equal to another.
    given: corpus.distinct,
  };
}

/** @throws when it did not do all of its work: it would look fast */
export async function checkWork(reviewer: Reviewer, code: number): Promise<void> {
  const { name, isDone, seen, report, given } = reviewer;
  const files = isDone(code) ? seen(await readFile(report, "utf8")) : 0;
  if (files >= given) return;
  throw new Error(`${name} looked at ${files} of ${given} files (exit code ${code})`);
}
