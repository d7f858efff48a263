import { ToolError } from "../../../config/tool_error.ts";
import { completePath } from "../complete_path.ts";
import type { SlashCommand } from "../slash_command.ts";

export const save: SlashCommand = {
  name: "save",
  summary: "write the last code to a file, tests to one that is named as such",
  usage: "[path]",
  complete: (prefix, chat) => completePath(prefix, chat.session.data.folder),
  async run(argument, chat, surface, edge) {
    const { code, tests } = chat.session.data.last;
    if (!code && !tests) throw new ToolError("Cannot save: there is no code yet");
    const given = argument || code?.path || await surface.ask("Which file?");
    const path = given?.trim().replace(/^@/, "").replaceAll('"', "");
    if (!path) throw new ToolError("Cannot save: no file is given", { hint: "/save <path>" });
    const { isTestFile } = await import("../../../agent/understand/is_test_file.ts");
    const what = tests && (!code || isTestFile(path)) ? "the tests" : "the code";
    await chat.say(`save ${what} to "${path}"`, edge);
  },
};
