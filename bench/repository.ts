import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Corpus, layCorpus } from "./corpus.ts";
import { measure, type Sample, timeOnce, typical } from "./measure.ts";
import type { Peers } from "./peers.ts";
import { installEslint } from "./install_eslint.ts";
import { checkWork, type Reviewer, reviewersOf } from "./reviewers.ts";
import type { Row } from "./row.ts";

const HOME = fileURLToPath(new URL("../dist/bench/repository/", import.meta.url));

/** What the rows of this file do not say by themselves. */
export const REPOSITORY_NOTE = `A whole repository: published packages of four languages
(bench/corpus.ts has their versions), each program with its own defaults and as many processes as
it can use, none with a cache, all writing to a file. For Python pylint also compares files with each
other and follows types, which devmcp does not; devmcp also measures what radon does, and marks and
scores files, which pylint does not. For JavaScript and TypeScript the rules of Biome and those of
ESLint and typescript-eslint are not the same, only much alike. C is measured by both sides, and
linted by none.`;

const seconds = (value: number) => `${value.toFixed(1)} s`;
const thousands = (value: number) => value.toLocaleString("en");

/** The review of a whole repository beside the programs that a team would run on it. */
export async function* measureRepository(devmcp: string, peers: Peers): AsyncGenerator<Row> {
  await installEslint(HOME);
  const corpus = await layCorpus(join(HOME, "corpus"), peers.python);
  const report = join(HOME, "devmcp.jsonl");
  const options = ["--fail-on", "never", "--format", `jsonl=${report}`, corpus.folder];
  const [ours] = await measure(peers.python, 3, [devmcp, "review", "--no-cache", ...options]);
  await checkReview(report, corpus);
  const all = reviewersOf(corpus, peers.bin, HOME, cpus().length);
  const others = [all.bandit, all.radon, all.eslint, all.lizard];
  const samples = await timeAll(peers.python, [all.pylint, all.flake8, ...others]);
  const row = (linter: Reviewer) => rowOf(ours!, [linter, ...others], samples);
  yield { ...row(all.pylint), what: describe(corpus) };
  yield { ...row(all.flake8), what: "The same, with flake8 in pylint's place" };
  yield await again(devmcp, options, peers.python, typical(ours!, "wall"));
}

function describe({ parts }: Corpus): string {
  const files = parts.reduce((sum, part) => sum + part.files, 0);
  const each = parts.map(({ language, files, lines }) =>
    `${language} ${thousands(files)} (${thousands(lines)} lines)`
  );
  return `\`devmcp review\` of a repository of ${thousands(files)} files: ${each.join(", ")}`;
}

/** One run of each: they take minutes. */
async function timeAll(python: string, reviewers: Reviewer[]): Promise<Record<string, Sample>> {
  const samples: Record<string, Sample> = {};
  for (const reviewer of reviewers) {
    const sample = await timeOnce(python, reviewer.command);
    await checkWork(reviewer, sample.code);
    samples[reviewer.name] = sample;
  }
  return samples;
}

async function checkReview(report: string, { parts }: Corpus): Promise<void> {
  const lines = (await Deno.readTextFile(report)).trimEnd().split("\n");
  const { files } = JSON.parse(lines.at(-1)!);
  const given = parts.reduce((sum, part) => sum + part.files, 0);
  if (files !== given) throw new Error(`devmcp looked at ${files} of ${given} files`);
}

function rowOf(ours: Sample[], reviewers: Reviewer[], samples: Record<string, Sample>) {
  const theirs = reviewers.map(({ name }) => ({ name, ...samples[name]! }));
  const sum = (figure: "wall" | "cpu") => theirs.reduce((total, one) => total + one[figure], 0);
  const cost = (wall: number, cpu: number) => `${seconds(wall)} (processors: ${seconds(cpu)})`;
  const each = theirs.map(({ name, wall }) => `${name} ${seconds(wall)}`).join(" + ");
  const wall = typical(ours, "wall"), factor = sum("wall") / wall;
  return {
    figure: cost(wall, typical(ours, "cpu")),
    peer: `${each} = ${cost(sum("wall"), sum("cpu"))}`,
    ratio: `${factor.toFixed(1)} × as fast`,
    target: "≥ 10 ×",
    holds: factor >= 10,
  };
}

/** The second time of the same tree. */
async function again(
  devmcp: string,
  options: string[],
  python: string,
  cold: number,
): Promise<Row> {
  const cache = await Deno.makeTempDir();
  try {
    const review = ["env", `XDG_CACHE_HOME=${cache}`, devmcp, "review", ...options];
    const [samples] = await measure(python, 5, review);
    const wall = typical(samples!, "wall");
    return {
      what: "The same again, from the cache",
      figure: seconds(wall),
      peer: `the first time: ${seconds(cold)}`,
      ratio: `${(cold / wall).toFixed(1)} × as fast`,
      target: "≥ 10 ×",
      holds: cold / wall >= 10,
    };
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}
