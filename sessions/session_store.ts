import type { Remembered, Session, Turn } from "./session.ts";

/** What lists show of a session. */
export interface SessionInfo {
  id: string;
  title: string;
  created: string;
  updated: string;
  folder: string;
  turns: number;
  bytes: number;
  /** Open in some chat right now. */
  isOpen: boolean;
  /** Why it cannot be opened; then title and times are empty. */
  problem?: string;
}

/** A session that this process has locked. */
export interface OpenSession {
  readonly data: Session;
  /**
   * On the disk when it resolves. The first one also makes the file. Long texts are cut, and `changes` kept
   * of the last 20 turns.
   *
   * @throws {ToolError} the turn is then in `data` all the same, and written with what is written next
   */
  addTurn(turn: Turn, last: Remembered): Promise<void>;
  /**
   * Changes what is not a turn, or one of the last 20, or takes turns away; written when there is a turn.
   *
   * @throws {ToolError}
   */
  change(change: (session: Session) => void): Promise<void>;
  /** Gives the lock back. */
  close(): void;
}

/** The sessions on this machine's disk. */
export interface SessionStore {
  /** A new session; nothing is written before its first turn. */
  create(options: { folder: string; model?: string }): OpenSession;
  /**
   * @param id or the beginning of one that only one session has
   * @throws {ToolError} when there is none, it is open in another chat, or cannot be read
   */
  open(id: string): Promise<OpenSession>;
  /**
   * A copy under a new id, with what there is up to and including a turn; on the disk when it resolves. Of an
   * earlier turn it is not known what "it" meant: `last` is empty. @default all turns
   */
  fork(id: string, options?: { turns?: number }): Promise<OpenSession>;
  /** The one that was used last in a folder. */
  latest(folder: string): Promise<string | undefined>;
  /** Newest first. @param folder only those of it */
  list(folder?: string): Promise<SessionInfo[]>;
  /** Without a lock. @throws {ToolError} */
  read(id: string): Promise<Session>;
  /** Those that hold all words, newest first, with the line that does. */
  search(text: string): Promise<(SessionInfo & { excerpt: string })[]>;
  /** @throws {ToolError} when it is open in a chat */
  remove(id: string): Promise<void>;
  /** Removes those not used for `days`, but never the newest `keep`; returns their ids. */
  prune(options: { days: number; keep: number }): Promise<string[]>;
}
