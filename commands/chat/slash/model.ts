import { grouped } from "../../../cli/style.ts";
import { ToolError } from "../../../config/tool_error.ts";
import { isModelName } from "../../../config/model_name.ts";
import type { SlashCommand } from "../slash_command.ts";

export const model: SlashCommand = {
  name: "model",
  summary: "show the chat model, or choose another one for this session",
  usage: "[name|default]",
  async run(argument, chat, surface) {
    const name = argument === "default" ? "" : argument;
    if (name && !isModelName(name)) {
      throw new ToolError(`Cannot choose ${JSON.stringify(name)}: it is no name of a model`, {
        hint: "/models lists them",
      });
    }
    if (argument) await chat.session.change((session) => void (session.model = name));
    const { model, endpoint, contextTokens } = await chat.models().get("chat");
    surface.notice(`${model} at ${endpoint}, ${grouped(contextTokens)} tokens of context`);
  },
};
