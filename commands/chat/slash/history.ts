import { parseNumber } from "../parse_number.ts";
import { lastTurn } from "../last_turn.ts";
import type { SlashCommand } from "../slash_command.ts";

const TURNS = 10;

export const history: SlashCommand = {
  name: "history",
  summary: `show the last ${TURNS} messages and answers, or more`,
  usage: "[number]",
  run(argument, chat, surface) {
    lastTurn(chat, "show the history");
    const count = argument ? parseNumber(argument, "show the history") : TURNS;
    const turns = chat.session.data.turns.slice(-count);
    surface.print(
      turns.map(({ id, input, answer }) => `**${id} › ${input}**\n\n${answer}`).join("\n\n"),
    );
  },
};
