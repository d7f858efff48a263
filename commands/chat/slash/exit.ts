import type { SlashCommand } from "../slash_command.ts";

export const exit: SlashCommand = {
  name: "exit",
  summary: "leave; Ctrl-D does the same",
  usage: "",
  run(_argument, chat) {
    chat.isOver = true;
  },
};
