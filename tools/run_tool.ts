import type { Config } from "../config/config.ts";
import { ToolError } from "../config/tool_error.ts";
import { checkArguments } from "./check_arguments.ts";
import type { Tool, ToolContext } from "./tool.ts";

/** What became of a call: plain data, so that it can cross from a worker. */
export type ToolOutcome =
  | { ok: true; output: Record<string, unknown>; text: string }
  | { ok: false; message: string; hint?: string; /** A stack, for the log. */ detail?: string };

/** The configuration; undefined where the defaults hold, which then need not be loaded. */
export type ReadConfig = () => Promise<Config | undefined>;

/**
 * Calls a tool with arguments from outside: checks them, runs it, checks and renders its output.
 * Every failure is an outcome; only the abort of `context.signal` is thrown.
 *
 * @param readConfig asked only where the configuration changes the tool's defaults
 */
export async function runTool(
  tool: Tool,
  args: Record<string, unknown>,
  context: ToolContext,
  readConfig: ReadConfig = () => Promise.resolve(undefined),
): Promise<ToolOutcome> {
  try {
    context.signal.throwIfAborted();
    const config = tool.configured ? await readConfig() : undefined;
    const input = checkArguments(tool, args, config && tool.configured?.(config));
    const given = await tool.run(input, { ...context, config });
    context.signal.throwIfAborted();
    return toOutcome(tool, input, given);
  } catch (error) {
    if (context.signal.aborted) throw context.signal.reason;
    return toFailure(tool.name, error);
  }
}

/** Calls an instant tool at once; undefined where it fails, for {@link runTool} to tell why. */
export function runInstant(tool: Tool, args: Record<string, unknown>): ToolOutcome | undefined {
  try {
    const input = checkArguments(tool, args);
    return toOutcome(tool, input, tool.instant!(input));
  } catch {
    return undefined;
  }
}

function toOutcome(
  tool: Tool,
  input: Record<string, unknown>,
  given: Record<string, unknown>,
): ToolOutcome {
  const output = tool.output.parse(given);
  const text = tool.render?.(output, input) ?? JSON.stringify(output, null, 2);
  return { ok: true, output, text };
}

function toFailure(name: string, error: unknown): ToolOutcome {
  if (error instanceof ToolError) {
    return { ok: false, message: error.message, hint: error.hint, detail: causeOf(error) };
  }
  return internalError(name, error);
}

/** The outcome of a call that failed through a fault of ours: one line, the stack apart. */
export function internalError(name: string, error: unknown): ToolOutcome {
  const [line] = String(error).split("\n");
  return {
    ok: false,
    message: `Cannot finish "${name}": internal error (${line!.slice(0, 200)})`,
    hint: "this is a fault of devmcp; `--debug` writes the details to standard error",
    detail: error instanceof Error ? error.stack : undefined,
  };
}

function causeOf({ cause }: ToolError): string | undefined {
  return cause instanceof Error ? cause.stack : undefined;
}
