import { fileURLToPath } from "node:url";
import { capture } from "../scripts/run.ts";

/** What one run of a command cost. */
export interface Sample {
  /** Seconds. */
  wall: number;
  /** Seconds of all processors, children included. */
  cpu: number;
  /** MiB of the largest process. */
  peak: number;
  code: number;
}

/**
 * Runs the commands in turn, A B A B …, so that a slow moment of the machine hits all alike.
 *
 * @throws when one was killed, and when one of ours, the first, ends with more than 1, which says
 * that something was found. Peers have exit codes of their own for files that they cannot read.
 */
export async function measure(
  python: string,
  runs: number,
  ...commands: string[][]
): Promise<Sample[][]> {
  const samples = await sample(python, runs, ...commands);
  samples.forEach((runs, i) => refuseFailures(commands[i]!, runs, i === 0 ? 1 : 255));
  return samples;
}

/** Runs a command once; what its exit code says is for the caller to know. */
export async function timeOnce(python: string, command: string[]): Promise<Sample> {
  const [[only]] = await sample(python, 1, command) as [[Sample]];
  return only;
}

async function sample(python: string, runs: number, ...commands: string[][]): Promise<Sample[][]> {
  const script = fileURLToPath(new URL("measure.py", import.meta.url));
  const words = commands.map((command) => JSON.stringify(command));
  const { code, stdout, stderr } = await capture(python, [script, String(runs), ...words]);
  if (code !== 0) throw new Error(`Cannot measure: ${stderr}`);
  return JSON.parse(stdout);
}

/** A program that stopped half-way would look fast. */
function refuseFailures([program, ...args]: string[], runs: Sample[], most: number): void {
  const failed = runs.find(({ code }) => code > most || code < 0);
  if (failed) throw new Error(`${program} ${args[0]} ended with exit code ${failed.code}`);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of one figure. */
export function typical(samples: Sample[], figure: keyof Sample): number {
  return median(samples.map((sample) => sample[figure]));
}

/** The median of the ratios of runs that stood beside each other. */
export function ratio(a: Sample[], b: Sample[], figure: keyof Sample): number {
  return median(a.map((sample, i) => sample[figure] / b[i]![figure]));
}
