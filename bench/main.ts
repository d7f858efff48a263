/**
 * Measures devmcp beside other programs in one run, and writes docs/benchmarks.md. Wants python3 with
 * venv, node and npm; the other programs are installed into a scratch environment.
 *
 * `deno task bench repository commit` measures but those rows and writes nothing but them to
 * standard output. With DEVMCP_BIN nothing is built: that binary is measured.
 */
import { join } from "node:path";
import { cpus, totalmem } from "node:os";
import { fileURLToPath } from "node:url";
import { build, V8_FLAGS } from "../scripts/build.ts";
import { type CompiledPeers, compilePeers } from "./compile_peers.ts";
import { measureChat } from "./chat.ts";
import { measure, median, ratio, typical } from "./measure.ts";
import { timeToTools } from "./mcp_session.ts";
import { measureModels } from "./models.ts";
import { installPeers, type Peers } from "./peers.ts";
import type { Row } from "./row.ts";
import { measureRepository, REPOSITORY_NOTE } from "./repository.ts";
import { ESLINT_VERSIONS } from "./reviewers.ts";
import { measureServe } from "./serve.ts";
import { measureStaged } from "./staged.ts";
import { measureWatch } from "./watch.ts";

const given = Deno.env.get("DEVMCP_BIN");
const devmcp = given ?? fileURLToPath(new URL("../devmcp", import.meta.url));
const seconds = (value: number) =>
  value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
const times = (value: number) => `${value.toFixed(2)} ×`;

async function help({ python }: Peers, hello: string): Promise<Row> {
  const [ours, theirs] = await measure(python, 30, [devmcp, "--help"], [hello]);
  const factor = ratio(ours!, theirs!, "wall");
  return {
    what: "`devmcp --help`",
    figure: seconds(typical(ours!, "wall")),
    peer: `a compiled hello-world: ${seconds(typical(theirs!, "wall"))}`,
    ratio: times(factor),
    target: "≤ 1.3 ×",
    holds: factor <= 1.3,
  };
}

async function serve(minimal: string): Promise<Row> {
  const ours: number[] = [], theirs: number[] = [];
  for (let run = 0; run < 16; run++) {
    const [a, b] = [await timeToTools([devmcp, "serve"]), await timeToTools([minimal])];
    if (run === 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  const factor = median(ours.map((ms, i) => ms / theirs[i]!));
  return {
    what: "`devmcp serve`: spawn → initialize → tools/list",
    figure: seconds(median(ours) / 1000),
    peer: `the SDK's minimal server, compiled: ${seconds(median(theirs) / 1000)}`,
    ratio: times(factor),
    target: "≤ 1.3 ×, under 200 ms",
    holds: factor <= 1.3 && median(ours) < 200,
  };
}

async function oneFile({ python, lib, ruff }: Peers): Promise<Row> {
  const file = join(lib, "textwrap.py");
  const [ours, theirs] = await measure(python, 15, [devmcp, "review", "--no-cache", file], [
    ruff,
    "check",
    "--isolated",
    "--no-cache",
    file,
  ]);
  const wall = typical(ours!, "wall");
  return {
    what: "`devmcp review` of one 500-line file, cold",
    figure: seconds(wall),
    peer: `native Ruff, its default rules, lint only: ${seconds(typical(theirs!, "wall"))}`,
    ratio: times(ratio(ours!, theirs!, "wall")),
    target: "≤ 250 ms",
    holds: wall <= 0.25,
  };
}

async function lint({ python, ruff, files, list }: Peers): Promise<Row> {
  const { DEFAULT_SETTINGS } = await import("../analysis/ruff/ruff_settings.ts");
  const { select } = DEFAULT_SETTINGS.options.lint as { select: string[] };
  const ours = [
    Deno.execPath(),
    "run",
    "-A",
    "--no-check",
    V8_FLAGS,
    fileURLToPath(new URL("lint_only.ts", import.meta.url)),
    list,
  ];
  const options = ["check", "--isolated", "--no-cache", "--quiet", "--select", select.join(",")];
  const [a, b] = await measure(python, 3, ours, [ruff, ...options, ...files]);
  if (a!.some(({ code }) => code !== 0)) throw new Error("lint_only.ts did not finish");
  const factor = ratio(a!, b!, "cpu");
  return {
    what: `Lint alone, ${files.length} files of CPython's library, processor time`,
    figure: seconds(typical(a!, "cpu")),
    peer: `native Ruff, the same rules: ${seconds(typical(b!, "cpu"))}`,
    ratio: times(factor),
    target: "≤ 3 ×",
    holds: factor <= 3,
  };
}

/** The second time, beside the first and beside Ruff's second time with the same rules. */
async function again({ python, ruff, files }: Peers, cold: number): Promise<Row> {
  const { DEFAULT_SETTINGS } = await import("../analysis/ruff/ruff_settings.ts");
  const { select } = DEFAULT_SETTINGS.options.lint as { select: string[] };
  const cache = await Deno.makeTempDir();
  const env = ["env", `XDG_CACHE_HOME=${cache}`];
  const review = [...env, devmcp, "review", "--fail-on", "never", ...files];
  const options = ["check", "--isolated", "--exit-zero", "--cache-dir", join(cache, "ruff")];
  const check = [ruff, ...options, "--select", select.join(","), ...files];
  await measure(python, 1, review, check);
  const [ours, theirs] = await measure(python, 7, review, check);
  await Deno.remove(cache, { recursive: true });
  const wall = typical(ours!, "wall");
  const factor = ratio(ours!, theirs!, "wall");
  return {
    what: `\`devmcp review\` of the ${files.length} files again, from the cache`,
    figure: `${seconds(wall)}, ${(cold / wall).toFixed(1)} × as fast as the first time`,
    peer: `native Ruff again, the same rules: ${seconds(typical(theirs!, "wall"))}`,
    ratio: times(factor),
    target: "≥ 10 ×, ≤ 2 × Ruff's",
    holds: cold / wall >= 10 && factor <= 2,
  };
}

async function library(given: Peers): Promise<Row[]> {
  const { python, bin, files } = given;
  const review = [devmcp, "review", "--no-cache", "--fail-on", "never", ...files];
  const [two, one] = await measure(python, 3, review, [...review, "--jobs", "1"]);
  const peers = [
    [join(bin, "flake8"), "--jobs", "auto", ...files],
    [join(bin, "bandit"), "--quiet", ...files],
    [join(bin, "radon"), "cc", "--show-complexity", ...files],
    [join(bin, "black"), "--check", "--quiet", ...files],
  ];
  const samples = await measure(python, 1, ...peers);
  const total = samples.reduce((sum, [sample]) => sum + sample!.wall, 0);
  const each = samples.map(([sample], i) =>
    `${peers[i]![0]!.split("/").at(-1)} ${seconds(sample!.wall)}`
  );
  const wall = typical(two!, "wall");
  const peak = typical(two!, "peak");
  const scaling = ratio(one!, two!, "wall");
  return [
    {
      what: `\`devmcp review\` of the ${files.length} files`,
      figure: seconds(wall),
      peer: `${each.join(" + ")} = ${seconds(total)}`,
      ratio: times(wall / total),
      target: "≤ 0.1 ×",
      holds: wall / total <= 0.1,
    },
    {
      what: "Peak memory of it",
      figure: `${Math.round(peak)} MiB`,
      peer: "",
      ratio: "",
      target: "< 600 MB",
      holds: peak * 1.048576 < 600,
    },
    {
      what: "Two workers beside one",
      figure: seconds(wall),
      peer: `\`--jobs 1\`: ${seconds(typical(one!, "wall"))}`,
      ratio: times(scaling),
      target: "≥ 1.6 ×",
      holds: scaling >= 1.6,
    },
    await again(given, wall),
  ];
}

/** Says how it stands: the whole takes some ten minutes. */
function tell(row: Row): Row {
  console.error(`${row.what}: ${row.figure}; ${row.peer} ${row.ratio}`);
  return row;
}

function report(rows: Row[], peers: Peers): string {
  const line = ({ what, figure, peer, ratio, target, holds }: Row) =>
    `| ${what} | ${figure} | ${peer} | ${ratio} | ${target} | ${holds ? "yes" : "**no**"} |`;
  return `# Benchmarks

Written by \`make bench\`: each figure is the median of several whole-process runs, each ratio the median
of runs that stood beside each other. Absolute times depend on the machine, ratios much less.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, ${
    Math.round(totalmem() / 2 ** 30)
  } GiB, ${Deno.build.target}.
Versions: ${[...peers.versions, ...ESLINT_VERSIONS].join(", ")}, Deno ${Deno.version.deno}.

\`echo\` is a tool that is answered in the server's own thread, as \`list_languages\` is; \`format_code\`, with
work in it, goes to a worker.

${REPOSITORY_NOTE}

| what | devmcp | beside it | ratio | target | holds |
| --- | --- | --- | --- | --- | --- |
${rows.map(line).join("\n")}
`;
}

/** All parts, in the order of the report. */
const PARTS: Record<string, (peers: Peers) => AsyncIterable<Row>> = {
  help: async function* (peers) {
    yield await help(peers, (await compiled()).hello);
  },
  start: async function* () {
    yield await serve((await compiled()).minimal);
  },
  file: async function* (peers) {
    yield await oneFile(peers);
  },
  commit: async function* (peers) {
    yield await measureStaged(devmcp, peers);
    yield await measureWatch(devmcp, peers);
  },
  serve: async function* ({ python }) {
    yield* measureServe({ ...await compiled(), devmcp, python });
  },
  models: () => measureModels(devmcp),
  chat: ({ python }) => measureChat(devmcp, python),
  lint: async function* (peers) {
    yield await lint(peers);
  },
  library: async function* (peers) {
    yield* await library(peers);
  },
  repository: (peers) => measureRepository(devmcp, peers),
};

let compiling: Promise<CompiledPeers> | undefined;
const compiled = () => compiling ??= compilePeers();

async function measureParts(names: string[]): Promise<void> {
  const unknown = names.find((name) => !(name in PARTS));
  if (unknown) {
    throw new Error(`Cannot measure "${unknown}": there are ${Object.keys(PARTS).join(", ")}`);
  }
  const peers = await installPeers();
  if (given === undefined) await build(Deno.build.target);
  const rows: Row[] = [];
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    for await (const row of PARTS[name]!(peers)) rows.push(tell(row));
  }
  const text = report(rows, peers);
  console.log(text);
  if (names.length > 0) return;
  await Deno.writeTextFile(new URL("../docs/benchmarks.md", import.meta.url), text);
}

await measureParts(Deno.args);
