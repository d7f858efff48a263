import { ToolError } from "../../../config/tool_error.ts";
import type { SlashCommand } from "../slash_command.ts";

export const edit: SlashCommand = {
  name: "edit",
  summary: "write a message, or change the last one, in your editor",
  usage: "[text]",
  async run(argument, chat, surface, edge) {
    const before = argument || chat.session.data.turns.at(-1)?.input || "";
    const text = await surface.edit(before);
    if (text === undefined) {
      throw new ToolError("Cannot edit: no editor could be used", {
        hint: "set $EDITOR, and run devmcp at a terminal",
      });
    }
    if (text.trim() === "") return surface.notice("nothing sent: the message is empty");
    await chat.say(text.trim(), edge);
  },
};
