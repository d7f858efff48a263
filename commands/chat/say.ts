import type { AgentEvent } from "../../agent/events.ts";
import type { AgentWorld } from "../../agent/world.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat, Edge } from "./chat.ts";

/**
 * Runs a message as a turn, and saves it before it is shown as ended.
 *
 * @param world what the turn may use, besides the edge
 */
export async function say(
  message: string,
  edge: Edge,
  chat: Chat,
  world: Omit<AgentWorld, keyof Edge>,
): Promise<Turn> {
  const { runTurn } = await import("../../agent/run_turn.ts");
  const { session } = chat;
  const emit = (event: AgentEvent) => {
    if (event.type !== "turn_ended") edge.emit(event);
  };
  const { turn, last } = await runTurn(message, session.data, { ...world, ...edge, emit });
  await keep(() => session.addTurn(turn, last), turn, edge);
  edge.emit({ type: "turn_ended", turn });
  return turn;
}

/** A disk that refuses is told, and the answer is shown all the same. */
async function keep(save: () => Promise<void>, turn: Turn, { emit }: Edge): Promise<void> {
  try {
    await save();
  } catch (error) {
    const text = `not saved: ${error instanceof Error ? error.message : error}`;
    turn.status = "failed";
    turn.notices.push(text);
    emit({ type: "notice", text });
  }
}
