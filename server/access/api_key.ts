import { createHash, randomBytes } from "node:crypto";

const PATTERN = /^devmcp_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/;

/** What all keys begin with: who finds one in a file knows what it is. */
export const KEY_PREFIX = "devmcp_";

/** Makes a key: an id to find it by, and 256 random bits. `text` is the key itself, shown only once. */
export function createApiKey(): { id: string; text: string; hash: string } {
  const id = randomBytes(8).toString("hex");
  const text = `${KEY_PREFIX}${id}_${randomBytes(32).toString("base64url")}`;
  return { id, text, hash: hashKey(text) };
}

/** The id and the hash of what may be a key; undefined for what cannot be one. */
export function parseApiKey(text: string): { id: string; hash: string } | undefined {
  const id = PATTERN.exec(text)?.[1];
  return id === undefined ? undefined : { id, hash: hashKey(text) };
}

/**
 * A slow hash guards passwords, which can be guessed. Nobody guesses 256 random bits, however fast each
 * guess is; and every request pays for the hash.
 */
function hashKey(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
