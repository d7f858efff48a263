import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import type { CommandModule } from "../cli/command.ts";
import { addExamples } from "../cli/examples.ts";
import { renderMarkdown } from "../cli/markdown_text.ts";
import { createProgress, type Progress } from "../cli/progress.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { addFlags, type FlatSchema, nameFlags, readFlags } from "../cli/schema_flags.ts";
import { ToolError } from "../config/tool_error.ts";
import { runTool } from "../tools/run_tool.ts";
import type { Tool, ToolContext } from "../tools/tool.ts";
import { toolSchemas } from "../tools/tool_schemas.ts";
import { decodeSource } from "../workspace/source.ts";

/** A tool as a command: its flags are the fields of its input. */
export function toolModule(tool: Tool): CommandModule {
  return {
    define(command: Command, app: App): void {
      const schema = toolSchemas(tool).input as FlatSchema;
      addFlags(command, schema);
      command
        .option("--json", "print the structured output")
        .action((flags) => runAsCommand(tool, schema, flags, app));
      if (schema.properties?.code) addCodeHelp(command, tool);
    },
  };
}

function addCodeHelp(command: Command, { name }: Tool): void {
  const line = `devmcp ${name.replaceAll("_", "-")}`;
  addExamples(command, [
    [`${line} --path app.py`, "a file"],
    [`${line} --code - --json`, "standard input, as JSON"],
  ]);
}

async function runAsCommand(
  tool: Tool,
  schema: FlatSchema,
  flags: Record<string, unknown>,
  app: App,
): Promise<void> {
  const input = readFlags(schema, flags);
  if (input.code === "-") input.code = decodeSource(await app.readStdin(), "-").text;
  const reporter = createReporter(tool, app);
  const context: ToolContext = {
    signal: new AbortController().signal, // Ctrl-C just ends the process: nothing is written
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
  const outcome = await runTool(tool, input, context).finally(reporter.stop);
  if (!outcome.ok) {
    const inFlags = (text: string) => nameFlags(text, schema);
    throw new ToolError(inFlags(outcome.message), {
      hint: outcome.hint && inFlags(outcome.hint),
      cause: outcome.detail,
    });
  }
  const { output, text } = outcome;
  app.stdout.write(flags.json ? `${toJson(output, 2)}\n` : renderMarkdown(text, app.stdout));
}

function createReporter({ title }: Tool, { stderr }: App) {
  let bar: Progress | undefined;
  let before = 0;
  return {
    progress(done: number, total: number, message?: string): void {
      bar ??= createProgress(stderr, { label: message ?? title, total });
      bar.advance(done - before);
      before = done;
    },
    stop: () => bar?.stop(),
  };
}
