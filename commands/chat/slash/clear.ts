import type { SlashCommand } from "../slash_command.ts";
import { switchSession } from "../switch_session.ts";

export const clear: SlashCommand = {
  name: "clear",
  summary: "begin a new session; this one is kept",
  usage: "",
  async run(_argument, chat, surface) {
    const { id, folder, model, turns } = chat.session.data;
    await switchSession(chat, () => chat.store.create({ folder, model }));
    surface.clear();
    if (turns.length > 0) surface.notice(`a new session; "/resume ${id}" goes back`);
  },
};
