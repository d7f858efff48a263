import type { AgentEvent } from "../../agent/events.ts";
import type { Session, Turn } from "../../sessions/session.ts";

/** A line of `--stream-json`. */
export type JsonEvent =
  | Exclude<AgentEvent, { type: "turn_ended" }>
  | { type: "turn_ended"; turn: JsonTurn }
  | { type: "session"; id: string; title: string; folder: string; turns: number }
  | { type: "result" } & JsonResult;

/** What `--json` prints. */
export interface JsonResult {
  version: 1;
  /** Its id; null when nothing of it was kept. */
  session: string | null;
  /** What the process exits with. */
  exitCode: number;
  /** Markdown: the answer, or what a slash command printed. */
  answer: string;
  /** Null after a slash command. */
  turn: JsonTurn | null;
}

/** A turn without the contents of files. */
export type JsonTurn = Omit<Turn, "changes"> & { changes: { path: string; undone?: true }[] };

export function sessionEvent({ id, title, folder, turns }: Session): JsonEvent {
  return { type: "session", id, title, folder, turns: turns.length };
}

export function toJsonEvent(event: AgentEvent): JsonEvent {
  return event.type === "turn_ended" ? { ...event, turn: toJsonTurn(event.turn) } : event;
}

export function toJsonTurn(turn: Turn): JsonTurn {
  return { ...turn, changes: turn.changes.map(({ path, undone }) => ({ path, undone })) };
}
