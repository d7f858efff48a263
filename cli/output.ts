import { joinBytes } from "../config/join_bytes.ts";
import { ToolError } from "../config/tool_error.ts";
import { type App, ClosedOutputError, type Output } from "./app.ts";

/** What is used of `Deno.stdout` and `Deno.stderr`. */
export interface ByteSink {
  writeSync(bytes: Uint8Array): number;
  isTerminal(): boolean;
}

export interface OutputOptions {
  /** @default the environment of the process */
  env?: (name: string) => string | undefined;
  /** Columns of the terminal; may throw when there is none. @default Deno.consoleSize() */
  measure?: () => number;
}

const DEFAULT_COLUMNS = 80;
const MAX_STDIN_BYTES = 64 * 1024 * 1024;
/** How long to wait for the reader of a full non-blocking pipe. */
const RETRY_MS = 2;

/** A stream of the process as an {@link Output}. */
export function createOutput(
  sink: ByteSink,
  { env = Deno.env.get, measure = () => Deno.consoleSize().columns }: OutputOptions = {},
): Output {
  const encoder = new TextEncoder();
  const isTerminal = sink.isTerminal();
  const output: Output = {
    write: (text) => writeAll(sink, encoder.encode(text)),
    writeBytes: (bytes) => writeAll(sink, bytes),
    isTerminal,
    get columns() {
      return isTerminal ? measured(measure) : DEFAULT_COLUMNS;
    },
    color: wantsColor(isTerminal, env),
  };
  return output;
}

export const COLOR_MODES = ["auto", "always", "never"] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** Turns colours on or off for the rest of the run; `auto` changes nothing. */
export function applyColor(app: App, mode: ColorMode): void {
  if (mode === "auto") return;
  app.stdout = withColor(app.stdout, mode === "always");
  app.stderr = withColor(app.stderr, mode === "always");
}

/** The same output with colours turned on or off. */
export function withColor(output: Output, color: boolean): Output {
  return {
    write: (text) => output.write(text),
    writeBytes: (bytes) => output.writeBytes(bytes),
    isTerminal: output.isTerminal,
    get columns() {
      return output.columns;
    },
    color,
  };
}

/**
 * Whether to colour by default: NO_COLOR wins (no-color.org), then FORCE_COLOR, then whether it is
 * a terminal that knows escape sequences.
 */
export function wantsColor(
  isTerminal: boolean,
  env: (name: string) => string | undefined,
): boolean {
  if (env("NO_COLOR")) return false;
  const forced = env("FORCE_COLOR");
  if (forced) return forced !== "0";
  return isTerminal && env("TERM") !== "dumb";
}

/**
 * Reads all of standard input.
 * @param maxBytes more than this is an error. @default 64 MiB
 */
export async function readStdin(maxBytes = MAX_STDIN_BYTES): Promise<Uint8Array> {
  return await readAll(Deno.stdin.readable, maxBytes);
}

/** Reads a stream to its end. Throws {@link ToolError} when it holds more than `maxBytes`. */
export async function readAll(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new ToolError(`Cannot read standard input: more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

function writeAll(sink: ByteSink, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += writeSome(sink, bytes.subarray(written));
  }
}

function writeSome(sink: ByteSink, bytes: Uint8Array): number {
  try {
    return sink.writeSync(bytes);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new ClosedOutputError();
    if (!(error instanceof Deno.errors.WouldBlock)) throw withReason(error);
    sleepSync(RETRY_MS);
    return 0;
  }
}

/** What a full or broken device says; the reader can do something about it. */
const DEVICE_REASONS = new Map([
  ["ENOSPC", "no space left on device"],
  ["EDQUOT", "disk quota exceeded"],
  ["EFBIG", "file too large"],
  ["EIO", "input/output error"],
]);

function withReason(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = DEVICE_REASONS.get(code);
  return reason ? new ToolError(`Cannot write the output: ${reason}`, { cause: error }) : error;
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function measured(measure: () => number): number {
  try {
    return measure() || DEFAULT_COLUMNS;
  } catch {
    return DEFAULT_COLUMNS;
  }
}
