import type { TurnState } from "./turn_state.ts";

/** Tells the person something besides the answer, and keeps it in the turn; each thing once. */
export function addNotice(text: string, { turn, world }: Pick<TurnState, "turn" | "world">): void {
  if (turn.notices.includes(text)) return;
  turn.notices.push(text);
  world.emit({ type: "notice", text });
}
