import type { SlashCommand } from "../slash_command.ts";
import { exit } from "./exit.ts";

export const quit: SlashCommand = { ...exit, name: "quit", summary: "the same as /exit" };
