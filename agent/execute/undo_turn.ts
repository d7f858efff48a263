import { hashOf } from "../../config/hash_of.ts";
import { messageOf } from "../../config/message_of.ts";
import type { Change, Turn } from "../../sessions/session.ts";
import type { AgentFiles } from "../world.ts";

/** What became of the files that a turn changed; absolute paths. */
export interface Undone {
  restored: string[];
  /** Left as they are, and why. */
  kept: { path: string; why: string }[];
}

/**
 * Puts back what a turn changed, the last change first: only where a file still is as the turn left
 * it. What was undone is marked in the turn, which is for the caller to save.
 */
export async function undoTurn(turn: Turn, files: AgentFiles): Promise<Undone> {
  const restored = new Set<string>();
  const kept: Undone["kept"] = [];
  for (const change of turn.changes.toReversed()) {
    if (change.undone || kept.some(({ path }) => path === change.path)) continue;
    const why = await undoChange(change, files);
    if (why !== undefined) kept.push({ path: change.path, why });
    else {
      change.undone = true;
      restored.add(change.path);
    }
  }
  return { restored: [...restored], kept };
}

/** Why it could not be undone; undefined when it was. */
async function undoChange(
  { path, before, after }: Change,
  files: AgentFiles,
): Promise<string | undefined> {
  try {
    const { bytes } = await files.snapshot(path);
    if (bytes === null) return before === null ? undefined : "it was removed since";
    if (hashOf(bytes) !== after) return "it was changed since";
    await files.restore(path, before === null ? null : Uint8Array.fromBase64(before), bytes);
  } catch (error) {
    return messageOf(error);
  }
}
