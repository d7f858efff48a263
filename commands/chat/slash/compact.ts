import { countOf } from "../../../cli/style.ts";
import { fenced } from "../../../config/fenced.ts";
import type { ChatModel } from "../../../models/chat_model.ts";
import type { Chat } from "../chat.ts";
import { lastTurn } from "../last_turn.ts";
import type { SlashCommand } from "../slash_command.ts";

export const compact: SlashCommand = {
  name: "compact",
  summary: "sum up the conversation, so that it takes less of the context",
  usage: "",
  async run(_argument, chat, surface, { signal }) {
    const turns = lastTurn(chat, "sum up").id;
    const { compact } = await import("../../../agent/answer/compact.ts");
    const { session, app } = chat;
    const { summary, by } = await compact(session.data, await modelOf(chat), app.prompts, signal);
    await session.change((data) => void (data.summary = summary));
    surface.print(fenced(summary.text, "text"));
    const means = by === "model" ? "by the model" : "by rules, without a model";
    surface.notice(`${countOf(turns, "turn")} summed up ${means}`);
  },
};

/** Without one it is summed up by rules. */
async function modelOf(chat: Chat): Promise<ChatModel | undefined> {
  const { ModelError } = await import("../../../models/model_error.ts");
  try {
    return await chat.models().get("chat");
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
