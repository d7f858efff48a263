import { relative } from "node:path";
import { ToolError } from "../../../config/tool_error.ts";
import type { Chat } from "../chat.ts";
import type { SlashCommand } from "../slash_command.ts";

export const undo: SlashCommand = {
  name: "undo",
  summary: "restore the files that the last turn changed",
  usage: "",
  async run(_argument, chat, surface) {
    const { turns, folder } = chat.session.data;
    const turn = turns.findLast(({ changes }) => changes.some(({ undone }) => !undone));
    if (!turn) throw new ToolError("Cannot undo: no turn has changed a file");
    const { undoTurn } = await import("../../../agent/undo.ts");
    const { restored, kept } = await undoTurn(turn, chat.files);
    await keep(chat);
    const shown = (path: string) => relative(folder, path);
    if (restored.length > 0) {
      surface.notice(`as before turn ${turn.id}: ${restored.map(shown).join(", ")}`);
    }
    for (const { path, why } of kept) surface.notice(`left as it is: ${shown(path)}: ${why}`);
  },
};

/** The marks of what was undone. */
async function keep({ session }: Chat): Promise<void> {
  await session.change(() => {});
}
