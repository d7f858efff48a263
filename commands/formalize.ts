import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { renderMarkdown } from "../cli/markdown_text.ts";
import { tool } from "../tools/formalize_task.ts";
import { callTool } from "./calls/call_tool.ts";
import { addModelFlags, configureModel, type ModelFlags } from "./model_flags.ts";
import {
  addOutputFlags,
  checkOutput,
  nameFields,
  type OutputFlags,
  readWords,
  writeGenerated,
} from "./write_generated.ts";

interface FormalizeFlags extends OutputFlags, ModelFlags {
  context?: string;
}

export function define(command: Command, app: App): void {
  command
    .argument("<request...>", 'what is wanted, in your words, or "-" for standard input')
    .option("--context <text>", "what else is known: the project, the users, the limits");
  addOutputFlags(addModelFlags(command))
    .action((words: string[], flags: FormalizeFlags) => formalize(words, flags, app));
  addExamples(command, [
    ['devmcp formalize "make our csv import faster"', "requirements and steps"],
    ["devmcp formalize - --json < mail.txt", "standard input, as JSON"],
  ]);
}

const explain = nameFields({ informal_request: "the request", context: "--context" });

async function formalize(words: string[], flags: FormalizeFlags, app: App): Promise<void> {
  configureModel(app, "chat", flags);
  await checkOutput(app, flags);
  const input = { informal_request: await readWords(app, words), context: flags.context };
  const { output, text } = await callTool(tool, input, app, { explain });
  const onTerminal = (markdown: string) => renderMarkdown(markdown, app.stdout);
  await writeGenerated(app, `${text}\n`, output, flags, onTerminal);
}
