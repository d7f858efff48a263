import type { SlashCommand } from "../slash_command.ts";

export const files: SlashCommand = {
  name: "files",
  summary: "list the files that go along with each message",
  usage: "",
  run(_argument, { session }, surface) {
    const { files } = session.data;
    if (files.length === 0) return surface.notice('none; "/add <path>" adds one');
    surface.print(files.map((path) => `- ${path}`).join("\n"));
  },
};
