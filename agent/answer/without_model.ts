import { oneLine } from "../../config/one_line.ts";
import type { ModelError } from "../../models/model_error.ts";
import { errorLine } from "../execute/error_line.ts";
import type { ToolInfo } from "../execute/toolbox.ts";

/** Whether there is no server to ask; what else goes wrong is told in a line, for the next try may work. */
export function isWithoutModel({ fault }: ModelError): boolean {
  return fault === "none" || fault === "unreachable";
}

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
