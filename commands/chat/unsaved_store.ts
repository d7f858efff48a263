import { ToolError } from "../../config/tool_error.ts";
import type { OpenSession, SessionStore } from "../../sessions/session_store.ts";

/** The same sessions, but what is said in them from now on stays in memory: for `--no-save`. */
export function unsavedStore(store: SessionStore): SessionStore {
  return {
    ...store,
    create: (options) => inMemory(store.create(options)),
    open: async (id) => inMemory(await store.open(id)),
    fork: (id) =>
      Promise.reject(new ToolError(`Cannot fork "${id}": nothing is kept with --no-save`)),
  };
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
