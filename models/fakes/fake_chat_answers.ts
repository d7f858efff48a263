/** What a good model says to the prompts of a chat. For tests. */
import { answerTruly } from "./fake_answers.ts";
import type { FakeCall } from "./fake_ollama_chat.ts";
import type { TrueAnswer } from "./fake_weak_model.ts";

/** What a good model understands of a message. */
export interface TrueIntent {
  goal: string;
  tools: string[];
  parameters: Record<string, string>;
}

/**
 * The answer to a call of the chat, or of a tool.
 *
 * @param intentOf what a message wants
 */
export function answerChat(
  call: FakeCall,
  intentOf: (message: string) => TrueIntent | undefined,
): TrueAnswer {
  const prompt = call.messages.map(({ content }) => content).join("\n");
  if (prompt.includes("You read a message to a programming assistant")) {
    return { json: toReply(intentOf(lineAfter(prompt, "Message: "))) };
  }
  if (prompt.includes("You fill in the arguments of one tool call")) return { json: {} };
  if (prompt.includes("You are devmcp, an assistant")) {
    return { text: "This is what came of it; the results are above." };
  }
  return answerTruly(call);
}

function toReply(intent: TrueIntent | undefined): Record<string, unknown> {
  const { goal = "To talk.", tools = ["answer"], parameters = {} } = intent ?? {};
  return {
    goal,
    tools,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
    confidence: 0.9,
    unclear: [],
  };
}

/** The rest of the last line that begins so. */
function lineAfter(text: string, label: string): string {
  const at = text.lastIndexOf(`\n${label}`);
  return at < 0 ? "" : text.slice(at + 1 + label.length).split("\n", 1)[0]!.trim();
}
