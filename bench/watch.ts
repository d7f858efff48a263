import { join } from "node:path";
import { pythonFiles } from "./peers.ts";
import type { Peers } from "./peers.ts";
import type { Row } from "./row.ts";
import { median } from "./measure.ts";

/** Saves that are measured. */
const SAVES = 60;
/** Of the tree; a standard library has fewer, so it is there twice. */
const FEWEST = 2000;

/** From a save to the last line of what is shown then, in a tree of real code. */
export async function measureWatch(devmcp: string, { lib }: Peers): Promise<Row> {
  const folder = await Deno.makeTempDir();
  try {
    const files = await copyTree(lib, folder);
    const times = await timeSaves(devmcp, folder, files);
    const middle = median(times), worst = Math.max(...times);
    return {
      what: `\`devmcp review --watch\`, ${files.length} Python files: from a save to its findings`,
      figure: `${Math.round(middle)} ms`,
      peer: `the slowest of ${SAVES} saves: ${Math.round(worst)} ms`,
      ratio: "",
      target: "≤ 200 ms",
      holds: middle <= 200,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function copyTree(lib: string, folder: string): Promise<string[]> {
  const files = await pythonFiles(lib), copies: string[] = [];
  for (let round = 0; copies.length < FEWEST; round++) {
    for (const [index, file] of files.entries()) {
      const place = join(folder, `copy${round}`, `part${index % 40}`);
      await Deno.mkdir(place, { recursive: true });
      const copy = join(place, `file${index}.py`);
      await Deno.copyFile(file, copy);
      copies.push(copy);
    }
  }
  return copies;
}

async function timeSaves(devmcp: string, folder: string, files: string[]): Promise<number[]> {
  const child = new Deno.Command(devmcp, {
    args: ["review", "--watch", "--model", "off", "."],
    cwd: folder,
    env: { XDG_CACHE_HOME: join(folder, ".cache") },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const out = drain(child.stdout);
  const runs = watchLines(child.stderr);
  const times: number[] = [];
  try {
    await runs.next();
    await pause(3000); // It loads engines while nothing is saved.
    for (let save = 0; save < SAVES; save++) {
      const file = files[Math.floor(save * files.length / SAVES)]!;
      await Deno.writeTextFile(file, `\nSAVED_${save} = ${save}\n`, { append: true });
      const saved = performance.now();
      await runs.next();
      times.push(performance.now() - saved);
      await pause(50);
    }
  } finally {
    child.kill("SIGINT");
    await Promise.all([child.status, out, runs.return(undefined)]);
  }
  return times;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function drain(stream: ReadableStream<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

/** Gives a turn for each run that is shown. */
async function* watchLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream)) {
    for (const _ of text.matchAll(/Watching .* files?; /g)) yield;
  }
}

if (import.meta.main) {
  const [devmcp = "", lib = ""] = Deno.args;
  console.log(await measureWatch(devmcp, { lib } as Peers));
}
