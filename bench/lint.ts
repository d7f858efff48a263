import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { V8_FLAGS } from "../scripts/build.ts";
import { DEFAULT_RULES } from "./default_rules.ts";
import { seconds, times } from "./figures.ts";
import { measure, ratio, typical } from "./measure.ts";
import type { Peers } from "./peers.ts";
import type { Row } from "./row.ts";

/** One file as an editor or a hook gives it. */
export async function measureFile(
  devmcp: string,
  { python, lib, ruff }: Peers,
): Promise<Row> {
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

/** What the same rules cost here and in native Ruff. */
export async function measureLint({ python, ruff, files, list }: Peers): Promise<Row> {
  const ours = [
    Deno.execPath(),
    "run",
    "-A",
    "--no-check",
    V8_FLAGS,
    fileURLToPath(new URL("lint_only.ts", import.meta.url)),
    list,
  ];
  const options = ["check", "--isolated", "--no-cache", "--quiet", "--select", DEFAULT_RULES];
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
