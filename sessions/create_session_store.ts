import { join } from "node:path";
import { type Env, userFolders } from "../config/folders.ts";
import { ToolError } from "../config/tool_error.ts";
import { findSessionId } from "./find_session_id.ts";
import { forkOf, newSession } from "./new_session.ts";
import { openSession } from "./open_session.ts";
import {
  listSessionFiles,
  pathsOf,
  removeFile,
  removeLeftover,
  tidyFolder,
} from "./session_files.ts";
import { type SessionLock, takeLock } from "./session_lock.ts";
import type { SessionInfo, SessionStore } from "./session_store.ts";

export interface SessionStoreOptions {
  /** Where the sessions lie, a file each; absolute. Made when the first is written. */
  folder: string;
  /** What a session's file may have. @default 64 MiB */
  maxBytes?: number;
}

/** Where the user's sessions are kept. */
export function sessionsFolder(env: Env): string {
  return join(userFolders(env).state, "sessions");
}

/** The sessions of a folder, which several processes may share. */
export function createSessionStore(
  { folder, maxBytes = 64 * 1024 * 1024 }: SessionStoreOptions,
): SessionStore {
  let tidied: Promise<void> | undefined;
  const prepare = () => tidied ??= tidyFolder(folder);
  const find = (id: string, action: string) => findSessionId(folder, id, action);

  const read = async (id: string, action: string) => {
    const { readSession } = await import("./read_session.ts");
    return await readSession(pathsOf(folder, id).file, id, action);
  };
  const list = async (only?: string) => {
    const { readInfo } = await import("./session_info.ts");
    const files = await listSessionFiles(folder);
    const infos = await Promise.all(files.map((file) => readInfo(folder, file)));
    return infos.flatMap((info) => info && (!only || info.folder === only) ? [info] : [])
      .sort(byAge);
  };

  return {
    create: ({ folder: about, model = "" }) =>
      openSession({ folder, session: newSession(about, model), maxBytes, prepare }),

    async open(given) {
      const id = await find(given, "open");
      const lock = await lockOf(folder, id, "open");
      try {
        await Promise.all([prepare(), removeLeftover(pathsOf(folder, id))]);
        return openSession({ folder, ...await read(id, "open"), lock, maxBytes, prepare });
      } catch (error) {
        lock.release();
        throw error;
      }
    },

    async fork(given, { turns = Infinity } = {}) {
      const { session } = await read(await find(given, "fork"), "fork");
      const fork = openSession({ folder, session: forkOf(session, turns), maxBytes, prepare });
      await fork.change(() => {});
      return fork;
    },

    async latest(about) {
      return (await list(about)).find(({ problem }) => problem === undefined)?.id;
    },

    list,

    async read(given) {
      return (await read(await find(given, "read"), "read")).session;
    },

    async search(text) {
      const { searchSessions } = await import("./search_sessions.ts");
      return await searchSessions(folder, await list(), text);
    },

    async remove(given) {
      const id = await find(given, "delete");
      await removeSession(folder, id, await lockOf(folder, id, "delete"));
    },

    async prune({ days, keep }) {
      const before = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
      const old = (await list()).slice(keep)
        .filter(({ updated, problem }) => problem === undefined && updated <= before);
      const removed: string[] = [];
      for (const { id } of old) {
        const lock = await takeLock(pathsOf(folder, id).lock);
        if (!lock) continue; // in use, so not old
        await removeSession(folder, id, lock);
        removed.push(id);
      }
      return removed;
    },
  };
}

/** The newest first. */
function byAge(a: SessionInfo, b: SessionInfo): number {
  return b.updated.localeCompare(a.updated) || b.id.localeCompare(a.id);
}

async function lockOf(folder: string, id: string, action: string): Promise<SessionLock> {
  const lock = await takeLock(pathsOf(folder, id).lock);
  if (lock) return lock;
  throw new ToolError(`Cannot ${action} the session "${id}": another chat has it open`, {
    hint: action === "open"
      ? `leave that chat, or go on with a copy: "devmcp chat --fork ${id}"`
      : "leave that chat first",
  });
}

async function removeSession(folder: string, id: string, lock: SessionLock): Promise<void> {
  const paths = pathsOf(folder, id);
  try {
    await Promise.all([removeFile(folder, paths), removeLeftover(paths)]);
  } finally {
    lock.release();
  }
}
