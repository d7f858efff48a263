import type { App } from "../cli/app.ts";
import { createSessionStore, sessionsFolder } from "../sessions/create_session_store.ts";
import type { SessionStore } from "../sessions/session_store.ts";

/** The user's sessions. */
export function openSessions({ env }: Pick<App, "env">): SessionStore {
  return createSessionStore({ folder: sessionsFolder(env) });
}
