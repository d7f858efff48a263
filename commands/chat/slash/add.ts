import { ToolError } from "../../../config/tool_error.ts";
import { completePath } from "../complete_path.ts";
import type { SlashCommand } from "../slash_command.ts";

/** Their content takes context in every turn. */
const MAX_FILES = 20;

export const add: SlashCommand = {
  name: "add",
  summary: "let a file go along with each message",
  usage: "<path>",
  complete: (prefix, chat) => completePath(prefix, chat.session.data.folder),
  async run(argument, chat, surface) {
    if (!argument) throw new ToolError("Cannot add a file: none is given", { hint: "/add <path>" });
    const path = argument.replace(/^@/, "");
    await chat.files.readText(path);
    const { files } = chat.session.data;
    if (files.length >= MAX_FILES) {
      throw new ToolError(
        `Cannot add ${JSON.stringify(path)}: there are ${MAX_FILES} files already`,
        {
          hint: "/drop takes one away",
        },
      );
    }
    if (!files.includes(path)) {
      await chat.session.change((session) => void session.files.push(path));
    }
    surface.notice(`${path} goes along with each message; "/drop ${path}" ends that`);
  },
};
