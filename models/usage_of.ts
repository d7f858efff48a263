import type { ChatMessage, Usage } from "./chat_model.ts";
import type { Profile } from "./profiles/profiles.ts";

/** Tokens that a template adds to each message, about. */
const TOKENS_PER_MESSAGE = 4;

/**
 * What a call used: what the server told, and estimates where it told nothing.
 *
 * @param told tokens; undefined what is not known
 */
export function usageOf(
  messages: ChatMessage[],
  text: string,
  profile: Profile,
  told: { promptTokens?: number; completionTokens?: number } = {},
): Usage {
  const tokens = (length: number) => Math.ceil(length / profile.charactersPerToken);
  const prompt = messages.reduce((sum, { content }) => sum + tokens(content.length), 0);
  return {
    promptTokens: told.promptTokens ?? prompt + TOKENS_PER_MESSAGE * messages.length,
    completionTokens: told.completionTokens ?? tokens(text.length),
    estimated: told.promptTokens === undefined || told.completionTokens === undefined,
  };
}
