import { atMost } from "../config/at_most.ts";
import { ToolError } from "../config/tool_error.ts";

export interface ProgramOptions {
  /** A path, or a name to be looked up in the PATH of `env`. Never a shell's line. */
  command: string;
  args: string[];
  /** All of it: nothing of devmcp's own environment is passed on. */
  env: Record<string, string>;
  /** Absolute. */
  cwd: string;
  /** What a program gets to end after its input has, and once more after SIGTERM. @default 1000 */
  graceMs?: number;
}

/** A program that runs beside us and is spoken to over its input and output. */
export interface Program {
  readonly pid: number;
  readonly stdin: WritableStream<Uint8Array>;
  readonly stdout: ReadableStream<Uint8Array>;
  /** The last of what it wrote to standard error, at most 4 KiB. Hostile. */
  stderr(): string;
  /** How it ended: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  /** Ends it and all that it started: its input, then SIGTERM, then SIGKILL. */
  end(): Promise<void>;
}

const MAX_STDERR = 4096;

/** Programs get a session of their own: Ctrl-C in the terminal is not for them. Windows has none. */
const HAS_GROUPS = Deno.build.os !== "windows";

/**
 * Starts a program.
 *
 * @throws {ToolError} when it is not there or may not be run
 */
export function startProgram(
  { command, args, env, cwd, graceMs = 1000 }: ProgramOptions,
): Program {
  const child = spawn(command, {
    args,
    env,
    cwd,
    clearEnv: true,
    detached: HAS_GROUPS,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const tail = keepTail(child.stderr);
  const ended = child.status.then(({ code, signal }) => {
    signalGroup(child.pid, "SIGKILL"); // what it leaves behind
    return signal ? `signal ${signal}` : `exit code ${code}`;
  });
  return {
    pid: child.pid,
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: tail.text,
    ended,
    end: () => endChild(child, ended, graceMs).finally(tail.stop),
  };
}

function spawn(command: string, options: Deno.CommandOptions): Deno.ChildProcess {
  try {
    return new Deno.Command(command, options).spawn();
  } catch (cause) {
    throw new ToolError(`Cannot start ${JSON.stringify(command)}: ${whyNot(cause, options)}`, {
      cause,
    });
  }
}

function whyNot(error: unknown, { cwd }: Deno.CommandOptions): string {
  if (error instanceof Deno.errors.PermissionDenied) return "it may not be run";
  if (!(error instanceof Deno.errors.NotFound)) return String(error).split("\n")[0]!;
  return /cwd/i.test(error.message) ? `no folder ${JSON.stringify(cwd)}` : "no such program";
}

async function endChild(
  child: Deno.ChildProcess,
  ended: Promise<string>,
  graceMs: number,
): Promise<void> {
  // Not awaited: it waits for a write that a hanging program never reads.
  child.stdin.close().catch(() => {});
  if (await atMost(graceMs, ended)) return;
  signalGroup(child.pid, "SIGTERM");
  if (await atMost(graceMs, ended)) return;
  signalGroup(child.pid, "SIGKILL");
  await ended;
}

/** The program, and the programs that it has started. */
function signalGroup(pid: number, signal: Deno.Signal): void {
  try {
    Deno.kill(HAS_GROUPS ? -pid : pid, signal);
  } catch {
    // gone already
  }
}

/** Reads a stream to its end, so that its writer never waits, and keeps the last of it. */
function keepTail(stream: ReadableStream<Uint8Array>): { text(): string; stop(): void } {
  let tail: Uint8Array = new Uint8Array(0);
  const reader = stream.getReader();
  const readAll = async () => {
    for (let read; !(read = await reader.read()).done;) {
      const { value } = read;
      const kept = tail.subarray(-Math.max(1, MAX_STDERR - value.length));
      const joined = new Uint8Array(kept.length + value.length);
      joined.set(kept);
      joined.set(value, kept.length);
      tail = joined.slice(-MAX_STDERR);
    }
  };
  readAll().catch(() => {}); // of a program that is gone
  return {
    text: () => new TextDecoder().decode(tail),
    stop: () => void reader.cancel().catch(() => {}),
  };
}
