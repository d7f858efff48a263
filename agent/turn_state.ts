import type { ChatModel } from "../models/chat_model.ts";
import type { Session, Turn } from "../sessions/session.ts";
import type { AgentWorld } from "./world.ts";

/** A text that the person put into the message: a file, or a resource of an MCP server. */
export interface Attachment {
  /** As the person names it: `src/app.py`, `github:repo://…`. */
  name: string;
  text: string;
}

/** What the parts of a turn share. */
export interface TurnState {
  /** As it was typed. */
  input: string;
  attachments: Attachment[];
  session: Session;
  world: AgentWorld;
  /** Grows as the turn goes on; saved even when it fails. */
  turn: Turn;
  /** Aborted by Ctrl-C and by the turn's budget of time; the reason tells which. */
  signal: AbortSignal;
  /**
   * The chat model, its calls counted in `turn.usage` and against the budget.
   *
   * @throws {ModelError} as `Models.get` does. Its `chat` also throws {@link BudgetError}
   */
  chatModel(): Promise<ChatModel>;
  /** Waits for something that is not devmcp's own work; counted in `turn.timing.waitedMs`. */
  waitFor<T>(work: () => Promise<T>): Promise<T>;
  /** That the person was waited for in this turn until now; milliseconds. */
  pausedMs(): number;
}

/** The turn has used up its calls, steps or time. The message says which, and is for the person. */
export class BudgetError extends Error {
  override name = "BudgetError";
}
