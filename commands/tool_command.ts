import type { CommandEntry } from "../cli/command.ts";
import type { ToolEntry } from "../tools/mod.ts";

/** A tool as an entry of the table of commands: `review_code` becomes `review-code`. */
export function toolCommand({ name, summary, load }: ToolEntry): CommandEntry {
  return {
    name: name.replaceAll("_", "-"),
    summary,
    kind: "tool",
    load: async () => {
      const [{ toolModule }, tool] = await Promise.all([import("./run_tool.ts"), load()]);
      return toolModule(tool);
    },
  };
}
