import { basename, join } from "node:path";
import { DEFAULT_RULES } from "./default_rules.ts";
import { seconds, times } from "./figures.ts";
import { measure, ratio, type Sample, typical } from "./measure.ts";
import type { Peers } from "./peers.ts";
import type { Row } from "./row.ts";

/** CPython's library beside the programs that a team would run on it. */
export async function* measureLibrary(devmcp: string, given: Peers): AsyncGenerator<Row> {
  const { python, files } = given;
  const review = [devmcp, "review", "--no-cache", "--fail-on", "never", ...files];
  const [two, one] = await measure(python, 3, review, [...review, "--jobs", "1"]);
  const wall = typical(two!, "wall");
  yield besidePeers(wall, files, await timePeers(given));
  yield peakRow(typical(two!, "peak"));
  yield scalingRow(one!, two!);
  yield await measureAgain(devmcp, given, wall);
}

/** One run of each, in seconds by its name. */
async function timePeers({ python, bin, files }: Peers): Promise<[name: string, wall: number][]> {
  const peers = [
    [join(bin, "flake8"), "--jobs", "auto", ...files],
    [join(bin, "bandit"), "--quiet", ...files],
    [join(bin, "radon"), "cc", "--show-complexity", ...files],
    [join(bin, "black"), "--check", "--quiet", ...files],
  ];
  const samples = await measure(python, 1, ...peers);
  return samples.map(([sample], index) => [basename(peers[index]![0]!), sample!.wall]);
}

function besidePeers(wall: number, files: string[], peers: [name: string, wall: number][]): Row {
  const total = peers.reduce((sum, [, each]) => sum + each, 0);
  const each = peers.map(([name, wall]) => `${name} ${seconds(wall)}`);
  return {
    what: `\`devmcp review\` of the ${files.length} files`,
    figure: seconds(wall),
    peer: `${each.join(" + ")} = ${seconds(total)}`,
    ratio: times(wall / total),
    target: "≤ 0.1 ×",
    holds: wall / total <= 0.1,
  };
}

function peakRow(peak: number): Row {
  return {
    what: "Peak memory of it",
    figure: `${Math.round(peak)} MiB`,
    peer: "",
    ratio: "",
    target: "< 600 MB",
    holds: peak * 1.048576 < 600,
  };
}

function scalingRow(one: Sample[], two: Sample[]): Row {
  const scaling = ratio(one, two, "wall");
  return {
    what: "Two workers beside one",
    figure: seconds(typical(two, "wall")),
    peer: `\`--jobs 1\`: ${seconds(typical(one, "wall"))}`,
    ratio: times(scaling),
    target: "≥ 1.6 ×",
    holds: scaling >= 1.6,
  };
}

/** The second time, beside the first and beside Ruff's second time with the same rules. */
async function measureAgain(
  devmcp: string,
  { python, ruff, files }: Peers,
  cold: number,
): Promise<Row> {
  const cache = await Deno.makeTempDir();
  const env = ["env", `XDG_CACHE_HOME=${cache}`];
  const review = [...env, devmcp, "review", "--fail-on", "never", ...files];
  const options = ["check", "--isolated", "--exit-zero", "--cache-dir", join(cache, "ruff")];
  const check = [ruff, ...options, "--select", DEFAULT_RULES, ...files];
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
