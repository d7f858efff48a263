import { setTimeout as wait } from "node:timers/promises";
import type { Chat } from "./chat.ts";
import { readPreferences } from "./stated_preferences.ts";
import type { Surface } from "./surface.ts";
import { turnOfOthers } from "./turn_of_others.ts";

/** What a turn loads from the program's own prompts. */
const PROMPTS = ["chat_intent", "chat_answer"];
/** Who leaves at once is spared the engines: milliseconds. */
const BEFORE_ENGINES_MS = 250;

/**
 * Does beforehand what the first message would wait for: code is loaded, the chat model is looked up, a
 * turn is rehearsed, and then a tool. Whatever fails will fail again when it is needed, and is told then.
 *
 * @param options.idle waits until a moment does not matter
 * @param options.spoken aborted by the first message, which does itself what is left
 * @param options.closed aborted when the chat is
 */
export async function warmUp(
  chat: Chat,
  { idle, spoken, closed }: {
    idle: Surface["idle"];
    spoken: AbortSignal;
    closed: AbortSignal;
  },
): Promise<void> {
  const signal = AbortSignal.any([spoken, closed]);
  const { app } = chat;
  const works: (() => Promise<unknown>)[] = [
    () => import("../../agent/run_turn.ts"),
    ...PROMPTS.map((name) => () => app.prompts.load(name)),
    () => chat.models().get("chat"),
    () => readPreferences("", { env: app.env, save: false }),
    rehearse(({ readOrders }) => readOrders()),
    rehearse(({ talk }) => talk(chat, signal)),
    () => import("./run_command.ts"),
    () => import("./complete.ts"),
    () => wait(BEFORE_ENGINES_MS, undefined, { signal }),
    // To start a worker takes some 30 ms in which nothing typed is shown.
    async () => await idle?.(signal),
    rehearse(({ useTools }) => useTools(chat, closed)),
  ];
  for (const work of works) {
    if (signal.aborted) return;
    await work().catch(() => {});
    await turnOfOthers();
  }
}

type Rehearsal = typeof import("./rehearsal.ts");

function rehearse(play: (rehearsal: Rehearsal) => Promise<unknown>): () => Promise<unknown> {
  return async () => await play(await import("./rehearsal.ts"));
}
