/** What a process holds, as Linux tells it. */
import assert from "node:assert/strict";

export interface Sample {
  /** Memory in use, in MB. */
  rss: number;
  descriptors: number;
  threads: number;
}

export async function sampleProcess(pid: number): Promise<Sample> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  const read = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)![1]);
  const descriptors = (await Array.fromAsync(Deno.readDir(`/proc/${pid}/fd`))).length;
  return { rss: Math.round(read("VmRSS") / 1024), descriptors, threads: read("Threads") };
}

/**
 * Fails where what a process holds has grown from the first samples to the last, its memory by more
 * than `mostShare` of what it was: the engine's heap breathes.
 */
export function assertFlat(samples: Sample[], mostShare: number): void {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const median = (of: Sample[], key: keyof Sample) =>
    of.map((sample) => sample[key]).toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;
  const grown = (key: keyof Sample) => median(last, key) - median(first, key);
  const told = JSON.stringify(samples);
  const most = mostShare * median(first, "rss");
  assert.ok(grown("rss") <= most, `memory grows by ${grown("rss")} MB: ${told}`);
  assert.ok(grown("descriptors") <= 4, `descriptors grow: ${told}`);
  assert.ok(grown("threads") <= 4, `threads grow: ${told}`);
}
