import type { Engines } from "../analysis/engines.ts";
import type { LoadAsset } from "../assets/load.ts";
import type { LoadedConfig } from "../config/config.ts";
import type { Telemetry, TelemetrySettings } from "../config/server_events.ts";
import type { FlagValue } from "../config/load.ts";
import type { Models } from "../models/chat_model.ts";
import type { Prompts } from "../prompts/prompt.ts";
import type { Cache } from "../store/cache.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** One of the two output streams as a command sees it. */
export interface Output {
  /** Writes all of `text` before it returns. Throws `ClosedOutputError` when nobody reads any more. */
  write(text: string): void;
  /** The same for bytes that are no text of ours: a formatted file in its own encoding. */
  writeBytes(bytes: Uint8Array): void;
  readonly isTerminal: boolean;
  /** Columns of the terminal, 80 when unknown. */
  readonly columns: number;
  /** Whether escape sequences for colour are wanted: a terminal, no NO_COLOR, or --color always. */
  readonly color: boolean;
  /** What it is shown on in the end, where that is another one. @default itself */
  readonly screen?: Pick<Output, "isTerminal" | "columns" | "color">;
}

/** What main.ts composes for the commands: the real world, or a test's. */
export interface App {
  /** The effective configuration; read when it is first asked for. */
  config(): Promise<LoadedConfig>;
  /** Lays a command's flags over the configuration, by dotted key; before that is first asked for. */
  configure(flags: Record<string, FlagValue>): void;
  models: Models;
  prompts: Prompts;
  cache: Cache;
  version: string;
  stdout: Output;
  stderr: Output;
  /** All of standard input, at most `maxBytes` (default 64 MiB). */
  readStdin(maxBytes?: number): Promise<Uint8Array>;
  stdinIsTerminal: boolean;
  cwd: string;
  env(name: string): string | undefined;
  /** Aborted by Ctrl-C and SIGTERM, which end the process as long as nobody asked for this. */
  signal: AbortSignal;
  engines: Engines;
  loadAsset: LoadAsset;
  openWorkspace(root: string, options?: { confined?: boolean }): Promise<Workspace>;
  /** The entry point of analysis workers. */
  workerUrl: URL;
  tools: ToolEntry[];
  /** Opens the logs, metrics and traces of a server, as configured. */
  openTelemetry(settings: TelemetrySettings): Promise<Telemetry>;
  /** What is left to do, at most half a second, when a second signal ends the process at once. */
  atOnce?(): Promise<void>;
  /** Set by `--debug`: errors show their stack traces. */
  debug?: boolean;
  /** The process's exit code; a command sets it. 0 done, 1 findings, 2 could not do its work. */
  exitCode: number;
}

/** Nobody reads our output any more (`| head`): end quietly. */
export class ClosedOutputError extends Error {
  override name = "ClosedOutputError";
}
