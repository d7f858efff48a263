import { countOf } from "../../../cli/style.ts";
import { lastTurn } from "../last_turn.ts";
import { parseNumber } from "../parse_number.ts";
import type { SlashCommand } from "../slash_command.ts";
import { switchSession } from "../switch_session.ts";

export const fork: SlashCommand = {
  name: "fork",
  summary: "go on with a copy of this session, or of its first turns",
  usage: "[turns]",
  async run(argument, chat, surface) {
    lastTurn(chat, "fork");
    const { id } = chat.session.data;
    const turns = argument ? parseNumber(argument, "fork") : undefined;
    await switchSession(chat, () => chat.store.fork(id, { turns }));
    const now = chat.session.data;
    surface.notice(
      `a copy with ${countOf(now.turns.length, "turn")}: ${now.id}; "/resume ${id}" goes back`,
    );
  },
};
