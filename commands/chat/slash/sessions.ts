import { dateText } from "../../../sessions/date_text.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

const MOST = 30;

export const sessions: SlashCommand = {
  name: "sessions",
  summary: "list this folder's sessions, or all",
  usage: "[all]",
  complete: () => ["all"],
  async run(argument, { store, session }, surface) {
    const isAll = argument === "all";
    const found = await store.list(isAll ? undefined : session.data.folder);
    if (found.length === 0) return surface.notice("none yet");
    const rows = found.slice(0, MOST).map(({ id, title, turns, updated, isOpen, folder }) => [
      id + (id === session.data.id ? " (this one)" : isOpen ? " (open)" : ""),
      title,
      turns,
      dateText(updated),
      ...isAll ? [folder] : [],
    ]);
    const titles = ["id", "title", "turns", "last used (UTC)", ...isAll ? ["folder"] : []];
    surface.print(markdownTable(titles, rows));
    if (found.length > MOST) {
      surface.notice(`and ${found.length - MOST} more: devmcp sessions list`);
    }
  },
};
