import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { ApiKey } from "../../store/api_keys.ts";
import type { Principal } from "../caller.ts";
import { parseApiKey } from "./api_key.ts";
import type { Credential } from "./read_credential.ts";

/** Finds a key by its id. */
export type FindApiKey = (id: string) => ApiKey | undefined;

/** No key has it. */
const NO_HASH = "0".repeat(64);

/**
 * Whose key it is; undefined for one that is not, or no longer, good. An unknown id takes as long as a
 * wrong secret.
 *
 * @param now milliseconds since 1970
 */
export function checkApiKey(text: string, find: FindApiKey, now: number): Principal | undefined {
  const given = parseApiKey(text);
  if (!given) return;
  const key = find(given.id);
  const isRight = isSameHash(given.hash, key?.hash ?? NO_HASH);
  if (!isRight || !key || hasExpired(key, now)) return;
  const { name, scopes, expires } = key;
  return {
    id: `${KEY}${key.id}`,
    name,
    scopes,
    ...expires !== null && { expires: Date.parse(expires) },
  };
}

/** What the ids of callers with a key begin with. */
const KEY = "key:";

/** The id of the caller that a key names, good or not; undefined where none is shown. */
export function shownKey(credential: Credential): string | undefined {
  if (typeof credential === "string" || !("key" in credential)) return;
  const given = parseApiKey(credential.key);
  return given && `${KEY}${given.id}`;
}

/** Whether who called with a key has it still; true for all others. */
export function hasKeyStill({ id }: Pick<Principal, "id">, find: FindApiKey): boolean {
  return !id.startsWith(KEY) || find(id.slice(KEY.length)) !== undefined;
}

function isSameHash(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one, "hex"), Buffer.from(other, "hex"));
}

/** Whether a key's time is over. @param now milliseconds since 1970 */
export function hasExpired({ expires }: Pick<ApiKey, "expires">, now: number): boolean {
  return expires !== null && now >= Date.parse(expires);
}
