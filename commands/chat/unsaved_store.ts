import type { OpenSession, SessionStore } from "../../sessions/session_store.ts";

/** The same sessions, but new ones stay in memory: for `--no-save`. */
export function unsavedStore(store: SessionStore): SessionStore {
  return { ...store, create: (options) => inMemory(store.create(options)) };
}

function inMemory(session: OpenSession): OpenSession {
  const { data } = session;
  return {
    data,
    addTurn: (turn, last) => {
      data.turns.push(turn);
      data.last = last;
      return Promise.resolve();
    },
    change: (change) => Promise.resolve(change(data)),
    close: () => session.close(),
  };
}
