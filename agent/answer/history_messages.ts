import type { ChatMessage } from "../../models/chat_model.ts";
import type { Turn } from "../../sessions/session.ts";

/** What a turn looks like to a model that goes on with the conversation. */
export function messagesOf({ input, questions, answer, status }: Turn): ChatMessage[] {
  const asked = questions.map(({ question, answer }) => `(Asked "${question}": "${answer}")`);
  return [
    { role: "user", content: [input, ...asked].join("\n") },
    { role: "assistant", content: answer || (status === "done" ? "Done." : `(${status})`) },
  ];
}

/** A summary holds words of tools and files, so it is none of the system's. */
export function withSummary(summary: string, [first, ...rest]: ChatMessage[]): ChatMessage[] {
  if (summary === "" || !first) return first ? [first, ...rest] : rest;
  const content = `What was said before, as a summary:\n${summary}\n\n${first.content}`;
  return [{ ...first, content }, ...rest];
}
