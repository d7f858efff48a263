import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import type { CommandModule } from "../cli/command.ts";
import { addExamples } from "../cli/examples.ts";
import { renderMarkdown } from "../cli/markdown_text.ts";
import { toJson } from "../cli/sanitize.ts";
import { addFlags, type FlatSchema, nameFlags, readFlags } from "../cli/schema_flags.ts";
import type { Tool } from "../tools/tool.ts";
import { toolSchemas } from "../tools/tool_schemas.ts";
import { decodeSource } from "../workspace/source.ts";
import { callTool } from "./calls/call_tool.ts";

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
  for (const field of ["code", "content"]) {
    if (input[field] === "-") input[field] = decodeSource(await app.readStdin(), "-").text;
  }
  const explain = (text: string) => nameFlags(text, schema);
  const { output, text } = await callTool(tool, input, app, { explain });
  app.stdout.write(flags.json ? `${toJson(output, 2)}\n` : renderMarkdown(text, app.stdout));
}
