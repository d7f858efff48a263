import type { AgentEvent } from "../../agent/events.ts";
import type { Attachment } from "../../agent/turn_state.ts";
import type { AgentWorld } from "../../agent/world.ts";
import { messageOf } from "../../config/message_of.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat, Edge } from "./chat.ts";
import type { StatedPreferences } from "./stated_preferences.ts";

/** What is said, and what comes with it. */
export interface Said {
  message: string;
  attachments: Attachment[];
  /** Those that hold for it, and those that it states. */
  preferences: StatedPreferences;
}

/**
 * Runs a message as a turn, and saves it before it is shown as ended.
 *
 * @param world what the turn may use besides
 */
export async function say(
  { message, attachments, preferences }: Said,
  edge: Edge,
  chat: Chat,
  world: Omit<AgentWorld, keyof Edge | "preferences">,
): Promise<Turn> {
  const { runTurn } = await import("../../agent/run_turn.ts");
  const { session } = chat;
  const emit = (event: AgentEvent) => {
    if (event.type !== "turn_ended") edge.emit(event);
  };
  const all = { ...world, ...edge, emit, preferences: preferences.all };
  const { turn, last } = await runTurn(message, session.data, all, { attachments });
  for (const line of await preferences.keep()) addNotice(line, turn, edge);
  try {
    await session.addTurn(turn, last);
  } catch (error) {
    // A disk that refuses takes no answer away.
    turn.status = "failed";
    addNotice(`Not saved: ${messageOf(error)}`, turn, edge);
  }
  edge.emit({ type: "turn_ended", turn });
  return turn;
}

function addNotice(text: string, turn: Turn, { emit }: Edge): void {
  turn.notices.push(text);
  emit({ type: "notice", text });
}
