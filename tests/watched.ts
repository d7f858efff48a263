/** `devmcp review --watch` for the whole-program tests: what it shows, run by run. */
import { until } from "../config/until_fixture.ts";
import { BINARY } from "./devmcp.ts";

export interface Watched {
  readonly pid: number;
  /** What the runs so far have shown, without the time. */
  readonly runs: readonly string[];
  /** Resolves when the last run shows this. @throws when none does */
  shows(wanted: string | RegExp): Promise<void>;
  /** As Ctrl-C does. @returns the exit code */
  interrupt(): Promise<number>;
  /** What stands after the last run. */
  rest(): string;
}

/** The last line of a run. */
const END = /^\d\d:\d\d:\d\d Watching [\d,]+ files?; Ctrl-C ends\n/m;
/** The slowest machine is given so long. */
const MOST_MS = 60_000;

export interface WatchedOptions {
  cwd: string;
  env?: Record<string, string>;
}

/** Runs `test` beside `devmcp review --watch ARGS`, after its first run. */
export async function watched(
  args: string[],
  { cwd, env }: WatchedOptions,
  test: (watched: Watched) => Promise<void>,
): Promise<void> {
  const child = new Deno.Command("sh", {
    args: ["-c", 'exec "$0" "$@" 2>&1', BINARY, "review", "--watch", "--model", "off", ...args],
    cwd,
    env,
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const runs: string[] = [];
  let rest = "";
  const reading = read(child.stdout, (text) => {
    rest += text;
    for (let end; (end = END.exec(rest));) {
      runs.push(withoutTimes(rest.slice(0, end.index)));
      rest = rest.slice(end.index + end[0].length);
    }
  });
  let isOver = false;
  void reading.then(() => isOver = true);
  const shows = async (wanted: string | RegExp) => {
    const isShown = () => {
      if (isOver) throw new Error("it has ended");
      const last = runs.at(-1);
      return last !== undefined &&
        (typeof wanted === "string" ? last === wanted : wanted.test(last));
    };
    try {
      await until(isShown, "it is shown", MOST_MS);
    } catch (cause) {
      throw new Error(`wanted ${wanted}, shown was ${runs.at(-1)}\n${rest}`, { cause });
    }
  };
  const interrupt = async () => {
    child.kill("SIGINT");
    return (await child.status).code;
  };
  try {
    await shows(/^/);
    await test({ pid: child.pid, runs, shows, interrupt, rest: () => rest });
  } finally {
    await interrupt().catch(() => {});
    await reading;
  }
}

async function read(
  stream: ReadableStream<Uint8Array>,
  take: (text: string) => void,
): Promise<void> {
  for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream)) {
    take(text);
  }
}

/** The time a run took is another one each time. */
export function withoutTimes(text: string): string {
  return text.replace(/ in [\d.]+ m?s:/g, ":");
}
