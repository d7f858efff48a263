import { ToolError } from "../config/tool_error.ts";
import { boundTurn } from "./bound_turn.ts";
import type { Remembered, Session, Turn } from "./session.ts";
import { CHANGING_TURNS, SessionBytes } from "./session_bytes.ts";
import { pathsOf, writeSession } from "./session_files.ts";
import { type SessionLock, takeLock } from "./session_lock.ts";
import type { OpenSession } from "./session_store.ts";
import { titleOf } from "./session_title.ts";

export interface OpenOptions {
  folder: string;
  session: Session;
  /** Of a session that has no lock yet, as nobody else can know it. @default taken at the first write */
  lock?: SessionLock;
  /** @default those of a session that was never written */
  bytes?: SessionBytes;
  maxBytes: number;
  /** Done once, before the first write. */
  prepare(): Promise<void>;
}

/** A session that this process may write. */
export function openSession(options: OpenOptions): OpenSession {
  const { folder, session, bytes = new SessionBytes() } = options;
  const paths = pathsOf(folder, session.id);
  let { lock } = options;
  let isClosed = false;
  let writes = 0;
  let last = Promise.resolve();

  const save = async () => {
    lock ??= await takeLock(paths.lock);
    if (!lock) throw new ToolError(`Cannot save the session "${session.id}": it is locked`);
    await options.prepare();
    const pieces = bytes.encode(session);
    refuseTooLarge(session, pieces, options.maxBytes);
    await writeSession(folder, paths, pieces);
  };
  /** One after the other: two at once would write the same file. */
  const saveNext = () => {
    if (isClosed) throw new ToolError(`Cannot save the session "${session.id}": it was closed`);
    writes++;
    const next = last.then(save).finally(() => {
      if (--writes === 0 && isClosed) lock?.release();
    });
    last = next.catch(() => {});
    return next;
  };

  return {
    data: session,
    async addTurn(turn, last) {
      append(session, turn, last);
      await saveNext();
    },
    async change(change) {
      change(session);
      if (session.turns.length > 0) await saveNext();
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      if (writes === 0) lock?.release(); // else when all is written
    },
  };
}

/** Files can be brought back for the newest turns only: their old contents outweigh all else. */
function append(session: Session, turn: Turn, last: Remembered): void {
  session.turns.push(boundTurn(turn));
  const leaving = session.turns.at(-CHANGING_TURNS - 1);
  if (leaving) leaving.changes = [];
  session.title ||= titleOf(turn.input);
  session.updated = new Date().toISOString();
  session.last = last;
}

function refuseTooLarge({ id }: Session, pieces: Uint8Array[], maxBytes: number): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length <= maxBytes) return;
  throw new ToolError(
    `Cannot save the session "${id}": it would be larger than ${maxBytes / 1024 / 1024} MiB`,
    { hint: "begin a new one with /clear" },
  );
}
