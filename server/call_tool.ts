import type { ContentBlock, InputRequests, ServerContext } from "@modelcontextprotocol/server";
import type { ServerEvent } from "../config/server_events.ts";
import type { ToolOutcome } from "../tools/run_tool.ts";
import type { LogLevel } from "../config/choices.ts";

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
  /** For tools that run in the server's own thread and talk to the client themselves. */
  client?: CallClient;
}

/** The client's end of one call. */
export interface CallClient {
  /** The request as the SDK gives it. */
  request: ServerContext;
  /** What the client answered to what the call had asked before, by the same keys. */
  answers: Record<string, unknown>;
  /** What the call had kept with {@link CallAsks.state}. */
  state?: unknown;
}

/** A call that must hear from the client first; it is made again with the answers. */
export interface CallAsks {
  ok: false;
  asks: InputRequests;
  /** Kept for then, sealed: JSON. */
  state?: unknown;
}

/** A call whose result is more than text. */
export interface CallContent {
  ok: true;
  content: ContentBlock[];
  output?: Record<string, unknown>;
}

/** A tool's outcome; with `clientModel`, a failed one may say what it must be told first. */
export type ToolCallOutcome = ToolOutcome & { needs?: ModelQuestion };

export type CallOutcome = ToolCallOutcome | CallContent | CallAsks;

/**
 * Calls a tool by its name, wherever it runs. Failures are outcomes.
 * @throws the reason of `signal` once that is aborted, and nothing else
 */
export type CallTool<Outcome extends CallOutcome = CallOutcome> = (
  name: string,
  args: Record<string, unknown>,
  options: CallOptions,
) => Promise<Outcome>;

/**
 * Calls an instant tool in this thread, at once; undefined for any other, one that has not been called
 * before, and where it does not succeed: {@link CallTool} then tells why.
 */
export type CallInstant = (
  name: string,
  args: Record<string, unknown>,
) => ToolOutcome | undefined;
