import { ToolError } from "../../../config/tool_error.ts";
import { suggestion } from "../../../config/nearest.ts";
import type { SlashCommand } from "../slash_command.ts";

export const drop: SlashCommand = {
  name: "drop",
  summary: "let a file no longer go along, or all",
  usage: "<path|all>",
  complete: (_prefix, { session }) => [...session.data.files, "all"],
  async run(argument, { session }, surface) {
    const { files } = session.data;
    const path = argument.replace(/^@/, "");
    const kept = path === "all" ? [] : files.filter((file) => file !== path);
    if (kept.length === files.length) {
      const near = suggestion(path, files);
      throw new ToolError(`Cannot drop ${JSON.stringify(path)}: it is not among the files${near}`, {
        hint: "/files lists them",
      });
    }
    await session.change((data) => void (data.files = kept));
    surface.notice(kept.length > 0 ? `left: ${kept.join(", ")}` : "no file goes along any more");
  },
};
