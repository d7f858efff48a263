import type { Command } from "commander";
import type { App } from "./app.ts";

/** What a command's file exports. */
export interface CommandModule {
  /**
   * Adds the command's arguments, options, examples and action to `command`.
   * @param commands the table of all commands, for the one that is about them
   */
  define(command: Command, app: App, commands: CommandEntry[]): void;
}

/** What is known of a command without loading it. */
export interface CommandEntry {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Under which heading the list shows it. @default "command" */
  kind?: "command" | "tool";
  load(): Promise<CommandModule>;
}
