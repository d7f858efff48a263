import type { ChatMessage } from "../chat_model.ts";
import type { Profile } from "../profiles/profiles.ts";

const BETWEEN = "\n\n";

/**
 * The messages as the model's template takes them. Templates that refuse a system message also refuse two
 * turns of one role in a row: what the system says goes in front of the first user turn, and neighbours of
 * one role become one.
 */
export function fitMessages(messages: ChatMessage[], profile: Profile): ChatMessage[] {
  return profile.systemRole ? messages : mergeTurns(foldSystem(messages));
}

function foldSystem(messages: ChatMessage[]): ChatMessage[] {
  const system = messages.filter(({ role }) => role === "system");
  if (system.length === 0) return messages;
  const rest = messages.filter(({ role }) => role !== "system");
  const content = system.map(({ content }) => content).join(BETWEEN);
  // In front of everything, so that the fixed part of a prompt stays its beginning.
  return [{ role: "user", content }, ...rest];
}

function mergeTurns(messages: ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const last = merged.at(-1);
    if (last?.role === role) last.content += BETWEEN + content;
    else merged.push({ role, content });
  }
  return merged;
}
