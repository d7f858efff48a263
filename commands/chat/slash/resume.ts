import { countOf } from "../../../cli/style.ts";
import { ToolError } from "../../../config/tool_error.ts";
import type { OpenSession } from "../../../sessions/session_store.ts";
import type { Chat } from "../chat.ts";
import { refuseOtherFolder } from "../open_session.ts";
import type { SlashCommand } from "../slash_command.ts";
import { switchSession } from "../switch_session.ts";

export const resume: SlashCommand = {
  name: "resume",
  summary: "go on with another session",
  usage: "<id>",
  complete: (_prefix, chat) => otherSessions(chat),
  async run(argument, chat, surface) {
    const id = argument || (await otherSessions(chat))[0];
    if (!id) throw new ToolError("Cannot resume: this folder has no other session");
    if (id !== chat.session.data.id) await switchSession(chat, () => openHere(id, chat));
    const { title, turns } = chat.session.data;
    surface.notice(`"${title}", ${countOf(turns.length, "turn")}; /history shows them`);
  },
};

async function openHere(id: string, { store, session }: Chat): Promise<OpenSession> {
  const next = await store.open(id);
  refuseOtherFolder(next, session.data.folder);
  return next;
}

async function otherSessions({ store, session }: Chat): Promise<string[]> {
  const { id, folder } = session.data;
  const found = await store.list(folder);
  return found.filter((one) => one.id !== id && !one.isOpen).map((one) => one.id);
}
