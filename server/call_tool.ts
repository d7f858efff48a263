import type { LogLevel } from "../tools/tool.ts";
import type { ToolOutcome } from "../tools/run_tool.ts";
import type { ServerEvent } from "../config/server_events.ts";

/** A question to the client's language model, as MCP's sampling takes it. */
export interface ModelQuestion {
  /** The same for the same question, so that its answer is found when the call is made again. */
  key: string;
  system?: string;
  messages: { role: "user" | "assistant"; text: string }[];
  maxTokens: number;
  temperature?: number;
}

/** Answers of the client's model so far, by the question's key. */
export type ModelAnswers = Record<string, string>;

export interface CallOptions {
  /** Aborted when the caller no longer wants the result. */
  signal: AbortSignal;
  progress(done: number, total: number, message?: string): void;
  log(level: LogLevel, message: string): void;
  /** The folder that is the call's workspace. @default the server's */
  root?: string;
  /**
   * Present where the client offers its own model, for when there is none here: a call that needs an
   * answer which is not among these ends with its question, and is made again with the answer.
   */
  clientModel?: ModelAnswers;
  /** Told of calls to models. */
  emit?(event: Extract<ServerEvent, { type: "model" }>): void;
}

/** A call's outcome; with `clientModel`, a failed one may say what it must be told first. */
export type CallOutcome = ToolOutcome & { needs?: ModelQuestion };

/**
 * Calls a tool by its name, wherever it runs. Failures are outcomes.
 * @throws the reason of `signal` once that is aborted, and nothing else
 */
export type CallTool = (
  name: string,
  args: Record<string, unknown>,
  options: CallOptions,
) => Promise<CallOutcome>;
