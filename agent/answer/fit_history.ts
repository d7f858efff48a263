import { abridge } from "../../models/context/abridge.ts";
import type { ChatMessage } from "../../models/chat_model.ts";
import type { Session, Turn } from "../../sessions/session.ts";
import { messagesOf } from "./history_messages.ts";
import { runningSummary } from "./summary.ts";

export interface FittedHistory {
  /** The newest messages, oldest first. */
  history: ChatMessage[];
  /** Of all that came before. */
  summary: string;
  /** What both take. */
  tokens: number;
  leftOut: string[];
}

/** What a template adds to the messages of a turn. */
const TURN_TOKENS = 16;
/** Of the room, for the summary at most. */
const SUMMARY_SHARE = 0.25;
/** Characters of what surely fits into a token. */
const CHARACTERS_PER_TOKEN = 2;

/** The turns whose messages go along word for word; what was summed up on request does not, but for the last one. */
export function newestTurns({ turns, summary }: Session, verbatim: number): Turn[] {
  const count = Math.min(Math.ceil(verbatim / 2), turns.length - summary.turns);
  return turns.slice(turns.length - Math.max(count, verbatim > 0 ? 1 : 0));
}

/**
 * Chooses what of a session a model is told: the newest turns as they were, as many as fit, and a summary
 * of the others.
 *
 * @param newest of the session, see {@link newestTurns}
 * @param room in tokens
 * @param size gives a text's tokens
 */
export function fitHistory(
  session: Session,
  newest: Turn[],
  room: number,
  size: (text: string) => number,
): FittedHistory {
  const older = session.turns.length - newest.length;
  const before = runningSummary(session, older);
  const forSummary = Math.min(room * SUMMARY_SHARE, size(before));
  const fitted = fitTurns(newest, room - forSummary, size);
  const missing = newest.length - fitted.count;
  const all = missing === 0 ? before : runningSummary(session, older + missing);
  const summary = cutSummary(all, Math.max(forSummary, room - fitted.tokens), size);
  return {
    history: fitted.history,
    summary,
    tokens: fitted.tokens + size(summary),
    leftOut: [
      ...fitted.isCut ? ["the middle of the last message"] : [],
      ...missing > 0 ? [`${missing * 2} earlier messages, but for a summary`] : [],
    ],
  };
}

/** As many of the newest as fit; when not even the last one does, its beginning and its end. */
function fitTurns(turns: Turn[], room: number, size: (text: string) => number) {
  const history: ChatMessage[] = [];
  let tokens = 0;
  let count = 0;
  for (const turn of turns.toReversed()) {
    const messages = messagesOf(turn);
    const next = tokens + sizeOf(messages, size);
    if (next > room) break;
    history.unshift(...messages);
    tokens = next;
    count++;
  }
  const last = turns.at(-1);
  if (count > 0 || !last) return { history, tokens, count, isCut: false };
  const cut = messagesOf(last).map(({ role, content }) => ({
    role,
    content: abridge(content, Math.floor(room / CHARACTERS_PER_TOKEN)),
  }));
  const cutTokens = sizeOf(cut, size);
  return cutTokens <= room
    ? { history: cut, tokens: cutTokens, count: 1, isCut: true }
    : { history, tokens, count, isCut: false };
}

function sizeOf(messages: ChatMessage[], size: (text: string) => number): number {
  return messages.reduce((sum, { content }) => sum + size(content), TURN_TOKENS);
}

/** Its last lines are the newest. */
function cutSummary(text: string, room: number, size: (text: string) => number): string {
  const lines = text.split("\n");
  const costs = lines.map((line) => size(`${line}\n`));
  let total = costs.reduce((sum, cost) => sum + cost, 0);
  let first = 0;
  while (first < lines.length && total > room) total -= costs[first++]!;
  return lines.slice(first).join("\n");
}
