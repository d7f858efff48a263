import type { Chat } from "./chat.ts";
import { readPreferences } from "./stated_preferences.ts";

/** What a turn loads from the program's own prompts. */
const PROMPTS = ["chat_intent", "chat_answer"];

/**
 * Does beforehand what the first message would wait for: code is loaded, the chat model is looked up.
 * Whatever fails will fail again when it is needed, and is told then.
 */
export async function warmUp(chat: Chat): Promise<void> {
  const { app } = chat;
  const works: (() => Promise<unknown>)[] = [
    () => import("../../agent/run_turn.ts"),
    () => import("./run_command.ts"),
    () => import("./complete.ts"),
    () => readPreferences("", { env: app.env, save: false }),
    ...PROMPTS.map((name) => () => app.prompts.load(name)),
    () => chat.models().get("chat"),
  ];
  for (const work of works) {
    if (chat.isOver) return;
    await work().catch(() => {});
    await turnOfOthers();
  }
}

/** Lets the terminal show what was typed meanwhile. */
function turnOfOthers(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
