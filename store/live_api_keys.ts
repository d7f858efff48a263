import { statSync } from "node:fs";
import { messageOf } from "../config/message_of.ts";
import { codeOf } from "../config/read_small_file.ts";
import { type ApiKey, readApiKeys } from "./api_keys.ts";

export interface LiveKeysOptions {
  /** Told why no key is good any more, once for each time that the file changes. */
  warn(text: string): void;
  /** How long a change may go unseen. @default 500 */
  everyMs?: number;
  /** Milliseconds that only grow. @default performance.now */
  now?(): number;
}

/**
 * Finds keys by their ids, as the file has them now: what is created or revoked meanwhile counts. Where
 * the file cannot be used no key is found.
 */
export function liveApiKeys(
  path: string,
  { warn, everyMs = 500, now = () => performance.now() }: LiveKeysOptions,
): (id: string) => ApiKey | undefined {
  let keys = new Map<string, ApiKey>();
  let version: string | undefined;
  let lookedAt = -Infinity;
  const look = () => {
    const found = versionOf(path);
    if (found === version) return;
    version = found; // of before it is read: what comes between is seen the next time
    keys = new Map();
    try {
      keys = new Map(readApiKeys(path).map((key) => [key.id, key]));
    } catch (error) {
      warn(messageOf(error));
    }
  };
  return (id) => {
    if (now() - lookedAt >= everyMs) {
      lookedAt = now();
      look();
    }
    return keys.get(id);
  };
}

/** Another one for each change: a change is a new file in the old one's place. */
function versionOf(path: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [ino, size, mtimeNs, ctimeNs].join(" ");
  } catch (error) {
    return codeOf(error) || "unknown";
  }
}
