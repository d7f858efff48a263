import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { messageOf } from "../config/message_of.ts";
import { openStateFile, type StateFile } from "./state_file.ts";

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
  return new StoredSessions(file, at, warn);
}

class StoredSessions implements HttpSessions {
  readonly #file: StateFile<z.infer<typeof schema>>;
  readonly #at: string;
  readonly #warn: (text: string) => void;
  /** Of the process before. */
  readonly #earlier: Map<string, StoredSession>;
  /** Not written yet; undefined: to be taken out. */
  readonly #changed = new Map<string, StoredSession | undefined>();
  #timer?: ReturnType<typeof setTimeout>;
  #writing: Promise<void> = Promise.resolve();
  #hasWarned = false;

  constructor(
    file: StateFile<z.infer<typeof schema>>,
    at: string,
    warn: (text: string) => void,
  ) {
    this.#file = file;
    this.#at = at;
    this.#warn = warn;
    const own = file.read().sessions.filter((one) => one.at === at);
    this.#earlier = new Map(own.map((one) => [one.id, one]));
  }

  find(id: string): HttpSession | undefined {
    return this.#earlier.get(id);
  }

  keep(session: HttpSession): void {
    if (JSON.stringify(session.params).length > MAX_CHARACTERS) return;
    this.#change(session.id, { ...session, at: this.#at });
  }

  drop(id: string): void {
    this.#earlier.delete(id);
    this.#change(id);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#writing = this.#writing.then(() => this.#write());
  }

  #change(id: string, session?: StoredSession): void {
    this.#changed.set(id, session);
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_MS);
  }

  async #write(): Promise<void> {
    if (this.#changed.size === 0) return;
    const changes = new Map(this.#changed);
    this.#changed.clear();
    try {
      await this.#file.update(({ sessions }) => ({
        version: 1,
        sessions: merge(sessions, changes),
      }));
    } catch (error) {
      if (!this.#hasWarned) this.#warn(`sessions will end with this process: ${messageOf(error)}`);
      this.#hasWarned = true;
    }
  }
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
