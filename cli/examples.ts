import type { Command } from "commander";

/** Adds an "Examples:" section to a command's help. */
export function addExamples(command: Command, examples: [line: string, does: string][]): void {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, does]) => `  ${line.padEnd(width)}  ${does}`);
  command.addHelpText("after", () => `\n\x1b[1mExamples:\x1b[0m\n${lines.join("\n")}`);
}
