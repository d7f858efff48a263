import { oneLine } from "../config/one_line.ts";
import type { ModelError } from "../models/model_error.ts";
import { errorLine } from "./error_line.ts";
import type { ToolInfo } from "./toolbox.ts";

/** What to say where only a model could answer and there is none: the reason, and what works all the same. */
export function withoutModel(error: ModelError, tools: ToolInfo[]): string {
  const own = tools.filter(({ server }) => server === "devmcp");
  const titles = (needsModel: boolean) =>
    own.filter((tool) => (tool.needsModel ?? false) === needsModel)
      .map(({ title }) => oneLine(title, 60).toLowerCase()).join(", ");
  return [
    `- ${errorLine(error)}`,
    `- This needs a language model: answers in words, ${titles(true)}`,
    `- This works without one: ${
      titles(false)
    }, such as \`review src/app.py\`, and all of \`/help\``,
  ].join("\n");
}
