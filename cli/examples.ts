import type { Command } from "commander";
import { renderRow } from "./help.ts";

/** Adds an "Examples:" section to a command's help. */
export function addExamples(command: Command, examples: [line: string, does: string][]): void {
  const width = Math.max(...examples.map(([line]) => line.length));
  command.addHelpText("after", ({ command }) => {
    const columns = command.configureOutput().getOutHelpWidth?.() ?? 80;
    const rows = examples.map((example) => renderRow(example, width, columns));
    return `\n\x1b[1mExamples:\x1b[0m\n${rows.join("").trimEnd()}`;
  });
}
