import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { ToolError } from "../config/tool_error.ts";
import { type Session, SESSION_VERSION } from "./session.ts";
import { pathsOf } from "./session_files.ts";
import { isLocked } from "./session_lock.ts";
import type { SessionInfo } from "./session_store.ts";

/** The first line of most sessions is a tenth of it; folders can have long names. */
const HEAD_BYTES = [4 * 1024, 64 * 1024];
const NO_LINK = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

type Head = Omit<SessionInfo, "bytes" | "isOpen">;

/**
 * What lists show of a session; undefined when it is gone by now. Most files are read no further than
 * their first line.
 */
export async function readInfo(
  folder: string,
  { id, hasLock }: { id: string; hasLock: boolean },
): Promise<SessionInfo | undefined> {
  const { file, lock } = pathsOf(folder, id);
  const start = readStart(file, id);
  if (!start) return undefined;
  const isOpen = hasLock && await isLocked(lock);
  return { ...start.head ?? await readWhole(file, id), bytes: start.bytes, isOpen };
}

/** An older or a broken file says what it is only as a whole. */
async function readWhole(file: string, id: string): Promise<Head> {
  try {
    const { readSession } = await import("./read_session.ts");
    return headOf((await readSession(file, id, "read")).session);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const problem = error.message;
    return { id, title: "", created: "", updated: "", folder: "", turns: 0, problem };
  }
}

function headOf({ id, title, created, updated, folder, turns }: Session): Head {
  return { id, title, created, updated, folder, turns: turns.length };
}

function readStart(path: string, id: string): { head?: Head; bytes: number } | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | NO_LINK);
  } catch {
    return undefined;
  }
  try {
    const status = fstatSync(file);
    if (!status.isFile()) return undefined;
    for (const size of HEAD_BYTES) {
      const head = parseHead(firstLine(file, size), id);
      if (head) return { head, bytes: status.size };
    }
    return { bytes: status.size };
  } finally {
    closeSync(file);
  }
}

/** Without its line break and the comma; empty when it is longer than `size`. */
function firstLine(file: number, size: number): string {
  const bytes = new Uint8Array(size);
  const length = readSync(file, bytes, 0, size, 0);
  const end = bytes.subarray(0, length).indexOf(0x0a);
  return end < 1 ? "" : new TextDecoder().decode(bytes.subarray(0, end - 1));
}

function parseHead(line: string, id: string): Head | undefined {
  try {
    const { version, turnCount, title, created, updated, folder } = JSON.parse(`${line}}`);
    const texts = [title, created, updated, folder];
    if (version !== SESSION_VERSION || !Number.isInteger(turnCount)) return undefined;
    if (texts.some((text) => typeof text !== "string")) return undefined;
    return { id, title, created, updated, folder, turns: turnCount };
  } catch {
    return undefined;
  }
}
