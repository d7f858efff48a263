import { grouped } from "../../../cli/style.ts";
import { ToolError } from "../../../config/tool_error.ts";
import { isModelName } from "../../../config/model_name.ts";
import type { ChatModel } from "../../../models/chat_model.ts";
import type { Chat } from "../chat.ts";
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
    const { model, endpoint, contextTokens } = argument
      ? await choose(name, chat)
      : await chat.models().get("chat");
    surface.notice(`${model} at ${endpoint}, ${grouped(contextTokens)} tokens of context`);
  },
};

/** One that cannot be used is not kept: every message would fail. */
async function choose(name: string, chat: Chat): Promise<ChatModel> {
  const { model: before } = chat.session.data;
  const keep = (name: string) => chat.session.change((session) => void (session.model = name));
  await keep(name);
  try {
    return await chat.models().get("chat");
  } catch (error) {
    await keep(before);
    throw error;
  }
}
