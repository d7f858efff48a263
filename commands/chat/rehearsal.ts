/** Turns that nobody sees: what the engine compiles at first use is there afterwards. */
import { readDirectRequest } from "../../agent/understand/direct_request.ts";
import { readMessage } from "../../agent/understand/read_message.ts";
import { runTurn } from "../../agent/run_turn.ts";
import type { Models } from "../../models/chat_model.ts";
import { createScripted, scriptedModels } from "../../models/scripted.ts";
import type { Prompts } from "../../prompts/prompt.ts";
import { newSession } from "../../sessions/new_session.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat } from "./chat.ts";
import { scriptPerson } from "./script_person.ts";
import { turnOfOthers } from "./turn_of_others.ts";

/** In the order in which the patterns are tried: each compiles some more of them. */
const ORDERS = [
  "how complex is this",
  "review this",
  "format this",
  "write tests for this",
  "save this to a file",
  "write a parser",
  "make a better function out of this, and a poem",
];
const CODE = "\n\n```python\nx=1\n```\n";
const INTENT = '{"goal":"","tools":["answer"],"parameters":[],"confidence":1,"unclear":[]}';

/** Reads the usual ways of speaking. */
export async function readOrders(): Promise<void> {
  for (const order of ORDERS) {
    readDirectRequest(readMessage(order));
    await turnOfOthers();
  }
}

/** Has a message understood and answered by a model that is played. */
export async function talk(chat: Chat, signal: AbortSignal): Promise<Turn> {
  const replies = [INTENT, "It *is* one.\n"].map((reply) => async () => {
    await turnOfOthers();
    return reply;
  });
  return await play(
    ORDERS.at(-1)!,
    chat,
    scriptedModels({ chat: createScripted(replies) }),
    signal,
  );
}

/** Has a worker start and load what our own tools need most: neither a model nor a file is asked for. */
export async function useTools(chat: Chat, signal: AbortSignal): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const order of ["format this", "measure the complexity of this"]) {
    turns.push(await play(order, chat, scriptedModels({}), signal));
  }
  return turns;
}

async function play(order: string, chat: Chat, models: Models, signal: AbortSignal): Promise<Turn> {
  const { app, host, files } = chat;
  const settings = { ...chat.settings, showPlan: false };
  const { turn } = await runTurn(order + CODE, newSession(app.cwd, ""), {
    models,
    prompts: patient(app.prompts),
    toolbox: host,
    person: scriptPerson(settings, () => {}),
    approvals: { has: () => Promise.resolve(false), add: () => Promise.resolve() },
    settings,
    preferences: [],
    files,
    emit() {},
    signal,
  });
  return turn;
}

/** Between two pieces of work, what was typed is shown. */
function patient({ load }: Prompts): Prompts {
  return {
    load: async (name) => {
      await turnOfOthers();
      return await load(name);
    },
  };
}
