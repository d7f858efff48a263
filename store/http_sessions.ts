import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { openStateFile } from "./state_file.ts";

const session = z.object({
  id: z.string(),
  /** Where it is served; ids of one server are none of another's. */
  at: z.string(),
  principal: z.string(),
  params: z.record(z.string(), z.unknown()),
  expires: z.number(),
});
const schema = z.object({ version: z.literal(1), sessions: z.array(session) });

type StoredSession = z.infer<typeof session>;

/** A session of an MCP client over HTTP, as its server needs it to make it again. */
export type HttpSession = Omit<StoredSession, "at">;

/** The sessions of a server, kept for the next process that serves there. */
export interface HttpSessions {
  find(id: string): HttpSession | undefined;
  /** Says that it is, or is still, open; written within ten seconds. */
  keep(session: HttpSession): void;
  drop(id: string): void;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

/** The ones that expire first are forgotten. */
const MAX_SESSIONS = 2000;
/** A client that says more in `initialize` opens a new session after a restart. */
const MAX_CHARACTERS = 4000;
/** The whole file is read and written each time. */
const WRITE_MS = 10_000;

/**
 * Opens the sessions of one server.
 *
 * @param at where it listens, the same after a restart
 * @param warn told once when they cannot be written; they then end with the process
 */
export function openHttpSessions(
  env: Env,
  at: string,
  warn: (text: string) => void,
): HttpSessions {
  const file = openStateFile({
    path: join(userFolders(env).state, "http_sessions.json"),
    schema,
    empty: { version: 1, sessions: [] },
    compact: true,
    maxBytes: 2 * MAX_SESSIONS * MAX_CHARACTERS,
  });
  const earlier = new Map(
    file.read().sessions.filter((one) => one.at === at).map((one) => [one.id, one]),
  );
  const changed = new Map<string, StoredSession | undefined>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let hasWarned = false;

  function change(id: string, session?: StoredSession): void {
    changed.set(id, session);
    timer ??= setTimeout(() => void flush(), WRITE_MS);
  }

  async function write(): Promise<void> {
    if (changed.size === 0) return;
    const changes = new Map(changed);
    changed.clear();
    try {
      await file.update(({ sessions }) => ({ version: 1, sessions: merge(sessions, changes) }));
    } catch (error) {
      if (!hasWarned) warn(`sessions will end with this process: ${(error as Error).message}`);
      hasWarned = true;
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return writing = writing.then(write);
  }

  return {
    find: (id) => earlier.get(id),
    keep(session) {
      if (JSON.stringify(session.params).length > MAX_CHARACTERS) return;
      change(session.id, { ...session, at });
    },
    drop(id) {
      earlier.delete(id);
      change(id);
    },
    flush,
  };
}

function merge(
  before: StoredSession[],
  changes: Map<string, StoredSession | undefined>,
): StoredSession[] {
  const kept = before.filter(({ id }) => !changes.has(id));
  const changed = [...changes.values()].filter((one) => one !== undefined);
  const now = Date.now();
  return [...kept, ...changed].filter(({ expires }) => expires > now)
    .sort((a, b) => b.expires - a.expires).slice(0, MAX_SESSIONS);
}
