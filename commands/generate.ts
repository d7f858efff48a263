import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { tool } from "../tools/generate_code.ts";
import { callTool } from "./calls/call_tool.ts";
import { addModelFlags, configureModel, type ModelFlags } from "./model_flags.ts";
import {
  addOutputFlags,
  checkOutput,
  nameFields,
  type OutputFlags,
  readWords,
  tell,
  writeGenerated,
} from "./write_generated.ts";

interface GenerateFlags extends OutputFlags, ModelFlags {
  language?: string;
  style?: string;
}

export function define(command: Command, app: App): void {
  command
    .argument("<description...>", 'what the code is to do, or "-" for standard input')
    .option("--language <name>", "programming language (default: as configured, python)")
    .option("--style <name>", "style guide (default: as configured, pep8)");
  addOutputFlags(addModelFlags(command))
    .action((words: string[], flags: GenerateFlags) => generate(words, flags, app));
  addExamples(command, [
    ['devmcp generate "parse ISO dates" -o dates.py', "into a new file"],
    ['devmcp generate --language go "an LRU cache"', "in another language"],
    ["devmcp generate - < task.txt", "read from standard input"],
  ]);
}

const explain = nameFields({
  description: "the description",
  language: "--language",
  style: "--style",
});

async function generate(words: string[], flags: GenerateFlags, app: App): Promise<void> {
  configureModel(app, "code", flags);
  await checkOutput(app, flags);
  const { language, style } = flags;
  const input = { description: await readWords(app, words), language, style };
  const { output } = await callTool(tool, input, app, { explain });
  await writeGenerated(app, output.code, output, flags);
  if (flags.json) return;
  const { explanation, dependencies, problems, checks } = output;
  tell(app, [
    explanation,
    dependencies.length > 0 ? `dependencies: ${dependencies.join(", ")}` : "",
    ...problems.map((problem) => `problem: ${problem}`),
    checks.length > 0 ? "" : `not checked: devmcp has no engine for ${output.language}`,
  ]);
}
