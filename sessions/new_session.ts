import { type Session, SESSION_VERSION } from "./session.ts";
import { makeSessionId } from "./session_id.ts";

/** A session without turns. @param folder what it is about */
export function newSession(folder: string, model: string): Session {
  const now = new Date();
  return {
    version: SESSION_VERSION,
    id: makeSessionId(now),
    title: "",
    created: now.toISOString(),
    updated: now.toISOString(),
    folder,
    model,
    turns: [],
    summary: { text: "", turns: 0 },
    files: [],
    last: {},
  };
}

/**
 * A copy of a session with its first `count` turns. What "it" meant in a turn that is not the last one is not known any more, nor is the summary of then.
 */
export function forkOf(session: Session, count: number): Session {
  const { id, created } = newSession("", "");
  const isWhole = count >= session.turns.length;
  return {
    ...session,
    id,
    created,
    updated: created,
    forkedFrom: session.id,
    turns: session.turns.slice(0, Math.max(0, count)),
    ...isWhole || session.summary.turns <= count ? {} : { summary: { text: "", turns: 0 } },
    ...isWhole ? {} : { last: {} },
  };
}
