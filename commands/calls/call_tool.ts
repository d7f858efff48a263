import type * as z from "zod";
import type { App } from "../../cli/app.ts";
import { createProgress, type Progress } from "../../cli/progress.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import { createStatusLine } from "../../cli/status_line.ts";
import { ToolError } from "../../config/tool_error.ts";
import { runTool } from "../../tools/run_tool.ts";
import type { Tool, ToolContext } from "../../tools/tool.ts";
import { configured } from "../configured.ts";
import { nameTimeout } from "../model_flags.ts";

/** What a tool gave. */
export interface ToolResult<Output extends z.ZodObject> {
  output: z.output<Output>;
  /** Markdown. */
  text: string;
}

export interface CallOptions {
  /** Words for the names of fields in messages. @default as they are */
  explain?(text: string): string;
}

/**
 * Calls a tool for the person at the terminal: progress and warnings on standard error.
 *
 * @throws {ToolError} when the tool fails
 */
export async function callTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
  input: Record<string, unknown>,
  app: App,
  { explain = (text) => text }: CallOptions = {},
): Promise<ToolResult<Output>> {
  const reporter = tool.asksModel === "always"
    ? createModelReporter(app)
    : createReporter(tool, app);
  // Without a wait for a model, Ctrl-C just ends the process.
  const signal = tool.asksModel ? app.signal : new AbortController().signal;
  const context: ToolContext = {
    signal,
    engines: app.engines,
    models: app.models,
    prompts: app.prompts,
    cache: app.cache,
    workspace: await app.openWorkspace(app.cwd),
    progress: reporter.progress,
    log: (level, message) => {
      if (app.debug || level === "warning" || level === "error") {
        app.stderr.write(`devmcp: ${sanitizeLine(message)}\n`);
      }
    },
  };
  const readConfig = async () => (await configured(app))?.values;
  const outcome = await runTool(tool as unknown as Tool, input, context, readConfig)
    .finally(reporter.stop)
    .catch((error) => {
      if (signal.aborted) app.stderr.write("devmcp: stopped; nothing written\n");
      throw error;
    });
  if (outcome.ok) return outcome as unknown as ToolResult<Output>; // as its schema has checked
  throw new ToolError(explain(outcome.message), {
    hint: outcome.hint && await nameTimeout(explain(outcome.hint), app),
    cause: outcome.detail,
  });
}

interface Reporter {
  progress: ToolContext["progress"];
  stop(): void;
}

function createReporter({ title }: { title: string }, { stderr }: App): Reporter {
  let bar: Progress | undefined;
  let before = 0;
  return {
    progress(done, total, message) {
      bar ??= createProgress(stderr, { label: message ?? title, total });
      bar.update(message ?? title, total);
      bar.advance(done - before);
      before = done;
    },
    stop: () => bar?.stop(),
  };
}

/** How long a model will write, nobody knows. */
function createModelReporter({ stderr }: App): Reporter {
  const status = createStatusLine(stderr);
  return {
    progress(done, _total, message = "Working") {
      status.show(done > 0 ? `${message}, ${done} tokens` : message);
    },
    stop: () => status.stop(),
  };
}
