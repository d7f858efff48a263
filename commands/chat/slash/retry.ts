import { lastTurn } from "../last_turn.ts";
import type { SlashCommand } from "../slash_command.ts";

export const retry: SlashCommand = {
  name: "retry",
  summary: "send the last message again",
  usage: "",
  async run(_argument, chat, _surface, edge) {
    await chat.say(lastTurn(chat, "retry").input, edge);
  },
};
