import { Argument, type Command } from "commander";
import type { App } from "../cli/app.ts";
import type { CommandEntry } from "../cli/command.ts";
import { bashCompletion } from "../cli/completion_bash.ts";
import { fishCompletion } from "../cli/completion_fish.ts";
import { completionSpec, type ProgramSpec } from "../cli/completion_spec.ts";
import { zshCompletion } from "../cli/completion_zsh.ts";
import { addExamples } from "../cli/examples.ts";
import { createParser } from "../cli/parser.ts";
import { toJson } from "../cli/sanitize.ts";

const SHELLS: Record<string, (spec: ProgramSpec) => string> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export function define(command: Command, app: App, commands: CommandEntry[]): void {
  command
    .addArgument(new Argument("<shell>", "your shell").choices(Object.keys(SHELLS)))
    .option("--json", "the script as JSON")
    .action(async (shell: string, { json }: { json?: boolean }) => {
      const script = SHELLS[shell]!(await describeProgram(app, commands));
      app.stdout.write(json ? `${toJson({ version: 1, shell, script })}\n` : script);
    });
  addExamples(command, [
    ["source <(devmcp completions bash)", "in ~/.bashrc"],
    ["source <(devmcp completions zsh)", "in ~/.zshrc, after compinit"],
    ["devmcp completions fish | source", "in ~/.config/fish/config.fish"],
  ]);
}

/** From the definitions of all commands; this is the one place that loads them all. */
async function describeProgram(app: App, commands: CommandEntry[]): Promise<ProgramSpec> {
  return completionSpec(await createParser(app, commands, commands));
}
