import type * as z from "zod";
export { ToolError } from "../config/tool_error.ts";
import type { LogLevel } from "../config/choices.ts";
import type { Config } from "../config/config.ts";
import type { Engines } from "../analysis/engines.ts";
import type { Cache } from "../store/cache.ts";
import type { Models } from "../models/chat_model.ts";
import type { Prompts } from "../prompts/prompt.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What a tool does to the world; annotations and approvals are derived from it. */
export type Effects = "none" | "model" | "reads" | "writes" | "runs";

/** Whether a tool cannot work without a language model, or does with one what it can. */
export type ModelUse = "always" | "optionally";

/** The capabilities a tool may use. A member is added when a tool needs it. */
export interface ToolContext {
  /** Aborted when the caller no longer wants the result. */
  signal: AbortSignal;
  /** Reports `done` of `total` steps; `message` says what is being done. */
  progress(done: number, total: number, message?: string): void;
  log(level: LogLevel, message: string): void;
  engines: Engines;
  workspace: Workspace;
  models: Models;
  prompts: Prompts;
  /** Results that cost a model's time, kept between processes. */
  cache: Cache;
  /** What is configured beside fields of the input, for tools that have `configured`. @default the defaults */
  config?: Config;
}

export interface Tool<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  /** `verb_noun`, the same as the file's name. */
  name: string;
  title: string;
  /** One sentence or two, for people and models alike. */
  summary: string;
  effects: Effects;
  /** Left out where no model is asked. The model may run on another machine. */
  asksModel?: ModelUse;
  /** Flat: scalars, enums and lists of strings, each described. */
  input: Input;
  output: Output;
  /**
   * Fields whose defaults the user configures, with their values; they are checked like given ones. Those of
   * the configuration's own defaults are the schema's.
   */
  configured?(config: Config): { [field in keyof z.input<Input>]?: unknown };
  run(input: z.output<Input>, ctx: ToolContext): Promise<z.input<Output>>;
  /**
   * In place of `run`, for a tool that takes microseconds whatever it is given, as it only looks something
   * up in memory: no engine, file or model, no waiting, texts in its input bounded. A server calls it in
   * its own thread, where nothing could end it; elsewhere it is a tool like others. Only with effects "none".
   */
  instant?(input: z.output<Input>): z.input<Output>;
  /** Markdown for terminals and models; JSON when absent. */
  render?(output: z.output<Output>, input: z.output<Input>): string;
}

/** A tool as it is written: with `run`, or with `instant` in its place. */
type Definition<Input extends z.ZodObject, Output extends z.ZodObject> =
  & Omit<Tool<Input, Output>, "run" | "instant">
  & (
    | Pick<Tool<Input, Output>, "run"> & { instant?: undefined }
    | Required<Pick<Tool<Input, Output>, "instant">> & { effects: "none"; run?: undefined }
  );

/** Declares a tool. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Definition<Input, Output>,
): Tool<Input, Output> {
  if (!tool.instant) return tool;
  const { instant } = tool;
  // deno-lint-ignore require-await -- what it throws is a rejection then
  return { ...tool, run: async (input) => instant(input) };
}
