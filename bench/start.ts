import { seconds, times } from "./figures.ts";
import { timeToTools } from "./mcp_session.ts";
import { measure, median, ratio, typical } from "./measure.ts";
import type { Peers } from "./peers.ts";
import type { Row } from "./row.ts";

/** `devmcp --help` beside a program that does nothing. */
export async function measureHelp(
  devmcp: string,
  hello: string,
  { python }: Peers,
): Promise<Row> {
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

/** A server until it has told its tools, beside the smallest one. */
export async function measureStart(devmcp: string, minimal: string): Promise<Row> {
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
