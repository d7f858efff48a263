import type { ChatModel } from "../models/chat_model.ts";
import { ToolError } from "./tool.ts";

/** Of a description or a request; more is no task any more. */
const MOST_CHARACTERS = 20_000;

/**
 * A text that a person wrote for a model, without white space around it.
 *
 * @param doing for the message: `generate code`
 * @throws {ToolError} when it is empty or longer than {@link MOST_CHARACTERS}
 */
export function readText(doing: string, field: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") {
    throw new ToolError(`Cannot ${doing}: \`${field}\` is empty`, { hint: `give \`${field}\`` });
  }
  refuseLong(doing, field, trimmed);
  return trimmed;
}

/** @throws {ToolError} when a text is longer than {@link MOST_CHARACTERS} */
export function refuseLong(doing: string, field: string, text: string): void {
  if (text.length <= MOST_CHARACTERS) return;
  throw new ToolError(
    `Cannot ${doing}: \`${field}\` has ${text.length} characters, more than ${MOST_CHARACTERS}`,
    { hint: "split it into smaller tasks" },
  );
}

/** The tokens of a reply: as many as wanted, but never more than a share of the context, half of it. */
export function replyTokens({ contextTokens }: ChatModel, wanted: number, share = 0.5): number {
  return Math.min(wanted, Math.floor(contextTokens * share));
}

/**
 * Refuses code that is too long for a prompt before any work is done on it.
 *
 * @throws {ToolError} when the context has no room for it beside a reply of `maxTokens`
 */
export function refuseCodeBeyondContext(
  doing: string,
  code: string,
  { model, contextTokens, profile }: ChatModel,
  maxTokens: number,
): void {
  const most = Math.floor((contextTokens - maxTokens) * profile.charactersPerToken);
  if (code.length <= most) return;
  throw new ToolError(
    `Cannot ${doing}: the code has ${code.length} characters, and "${model}" reads about ${most}`,
    { hint: "give a part of the code, or a model with a larger context" },
  );
}
