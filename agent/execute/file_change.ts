import { hashOf } from "../../config/hash_of.ts";
import type { Change } from "../../sessions/session.ts";
import type { AgentFiles } from "../world.ts";

/** Larger files are not kept for `/undo`, since a session holds them: bytes. */
const MOST_BEFORE = 1024 * 1024;

type Snapshot = Awaited<ReturnType<AgentFiles["snapshot"]>>;

/** Whether a file has the same content at both times, or is missing at both. */
export function isSame(before: Snapshot, after: Snapshot): boolean {
  if (before.bytes === null || after.bytes === null) return before.bytes === after.bytes;
  return hashOf(before.bytes) === hashOf(after.bytes);
}

/** What undoes a change of a file; a text when it cannot be undone; undefined where there is none. */
export function changeOf(before: Snapshot, after: Snapshot): Change | string | undefined {
  if (after.bytes === null || isSame(before, after)) return undefined;
  if (before.bytes && before.bytes.length > MOST_BEFORE) {
    return `${before.path} cannot be restored by /undo: it was larger than 1 MiB`;
  }
  return {
    path: after.path,
    before: before.bytes && before.bytes.toBase64(),
    after: hashOf(after.bytes),
  };
}
