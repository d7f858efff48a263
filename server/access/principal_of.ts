import { createHash } from "node:crypto";
import { oneLine } from "../../config/one_line.ts";
import { type Principal, type Scope, SCOPES } from "../caller.ts";

/** The claims of a token that has been verified. */
export interface Claims {
  iss?: unknown;
  sub?: unknown;
  /** Seconds since 1970. */
  exp?: number;
  /** With blanks between. */
  scope?: unknown;
  /** The same as a list, as some issuers write it. */
  scp?: unknown;
}

const MAX_NAME = 64;

/**
 * Who a token is for. The id is a hash: as short for every subject, the same for none that differ, and
 * unlike any key's.
 *
 * @param elevates whether its client can ask for more scopes
 */
export function principalOf(claims: Claims, elevates: boolean): Principal | undefined {
  const { iss, sub, exp, scope, scp } = claims;
  if (typeof sub !== "string" || sub === "") return;
  const hash = createHash("sha256").update(JSON.stringify([iss ?? null, sub]));
  return {
    id: `sub:${hash.digest("base64url").slice(0, 22)}`,
    name: oneLine(sub, MAX_NAME),
    scopes: readScopes(scope ?? scp),
    ...elevates && { elevates },
    ...exp !== undefined && { expires: exp * 1000 },
  };
}

/** Ours among them; what a token says besides is for others. */
function readScopes(claim: unknown): Scope[] {
  const words: unknown[] = typeof claim === "string"
    ? claim.split(" ")
    : Array.isArray(claim)
    ? claim
    : [];
  return SCOPES.filter((scope) => words.includes(scope));
}
