import { answerContext } from "../../agent/answer/answer_context.ts";
import type { Context } from "../../agent/answer/build_context.ts";
import { readAttachments } from "../../agent/answer/read_attachments.ts";
import type { ChatModel } from "../../models/chat_model.ts";
import { defaultProfile } from "../../models/profiles/find_profile.ts";
import { ModelError } from "../../models/model_error.ts";
import type { Chat } from "./chat.ts";
import { readPreferences } from "./stated_preferences.ts";

/** What goes along with the next message, and how much of it there can be. */
export interface NextContext extends Pick<Context, "used" | "leftOut"> {
  /** Of the chat model, in tokens, or why that is not known. */
  total: number | ModelError;
}

/**
 * What the chat model would read before it answers an empty message. Without a model its parts are
 * estimated, as if there was room for all.
 *
 * @throws {ModelError} `too_long`
 */
export async function nextContext(
  { session: { data: session }, files: reader, models, settings, app }: Chat,
): Promise<NextContext> {
  const [model, { attachments }, { all: preferences }] = await Promise.all([
    models().get("chat").catch(asModelError),
    readAttachments({ input: "", files: session.files, reader, servers: [] }),
    readPreferences("", { env: app.env, save: false }),
  ]);
  const isKnown = !(model instanceof ModelError);
  const world = { prompts: app.prompts, preferences, settings };
  const { used, leftOut } = await answerContext(
    { input: "", session, attachments, world },
    isKnown ? model : boundless(model),
    [],
  );
  return { used, leftOut, total: isKnown ? model.contextTokens : model };
}

function asModelError(error: unknown): ModelError {
  if (error instanceof ModelError) return error;
  throw error;
}

/** Stands for a model that is not there, where texts are only counted. */
function boundless(error: ModelError): ChatModel {
  return {
    model: "",
    endpoint: "",
    kind: "scripted",
    contextTokens: Number.MAX_SAFE_INTEGER,
    profile: defaultProfile(),
    chat: () => Promise.reject(error),
  };
}
