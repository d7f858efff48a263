import { resolve } from "node:path";
import { ToolError } from "../../../config/tool_error.ts";
import type { ExportFormat } from "../../../cli/html/export_session.ts";
import { completePath } from "../complete_path.ts";
import { lastTurn } from "../last_turn.ts";
import { parseChoice } from "../parse_choice.ts";
import type { SlashCommand } from "../slash_command.ts";

const ENDINGS: Record<ExportFormat, string> = { markdown: "md", json: "json", html: "html" };
const FORMATS = Object.keys(ENDINGS) as ExportFormat[];

export const exportCommand: SlashCommand = {
  name: "export",
  summary: "write this session to a new file, for others to read",
  usage: "[markdown|json|html] [path]",
  complete: (prefix, { session }) => {
    const [word = "", path] = prefix.split(/ +/);
    return path === undefined
      ? FORMATS
      : completePath(path, session.data.folder).then((all) => all.map((one) => `${word} ${one}`));
  },
  async run(argument, chat, surface) {
    lastTurn(chat, "export");
    const [word = "markdown", ...rest] = argument ? argument.split(/ +/) : [];
    const format = parseChoice(word, FORMATS);
    const { data } = chat.session;
    const path = rest.join(" ") || `${data.id}.${ENDINGS[format]}`;
    const [{ exportSession }, { createFile }] = await Promise.all([
      import("../../../cli/html/export_session.ts"),
      import("../../../workspace/create_file.ts"),
    ]);
    const bytes = new TextEncoder().encode(exportSession(data, format));
    await createFile(resolve(data.folder, path), bytes).catch(forTheChat);
    surface.notice(`wrote ${path}`);
  },
};

/** There is no `--force` here. */
function forTheChat(error: unknown): never {
  if (!(error instanceof ToolError)) throw error;
  throw new ToolError(error.message, { hint: "/export markdown <another path>", cause: error });
}
