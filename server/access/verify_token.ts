import { type JWTPayload, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from "jose";
import type { Principal } from "../caller.ts";
import { KeySetError } from "./key_set_error.ts";
import { principalOf } from "./principal_of.ts";

/**
 * Who a JWT is for; undefined for one that is not good, whatever is wrong with it.
 *
 * @throws {KeySetError} when the keys to check it with cannot be had
 */
export type VerifyToken = (token: string) => Promise<Principal | undefined>;

export interface TokenRules {
  /** A shared secret, or what finds the public key. */
  key: Uint8Array | JWTVerifyGetKey;
  /** Those that fit the key, and no other. */
  algorithms: string[];
  audience: string[];
  /** Empty: not looked at. */
  issuer: string[];
  /** Whether its client can ask for more scopes. */
  elevates: boolean;
  /** Milliseconds since 1970. @default Date.now */
  now?(): number;
}

/** How far clocks may be apart. */
const TOLERANCE_SECONDS = 10;

/** Three parts, all there: an unsigned one has no third, and costs no look at the keys. */
const SIGNED = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** What an access token calls itself, if anything: other tokens of the same issuer are no key. */
const TYPES = new Set([undefined, "jwt", "application/jwt", "at+jwt", "application/at+jwt"]);

/** Checks tokens by fixed rules; nothing in a token chooses how it is checked, nor by which key. */
export function tokenVerifier(rules: TokenRules): VerifyToken {
  const { key, algorithms, audience, issuer, elevates, now = Date.now } = rules;
  const options = (): JWTVerifyOptions => ({
    algorithms,
    audience,
    ...issuer.length > 0 && { issuer },
    requiredClaims: ["exp", "sub"],
    clockTolerance: TOLERANCE_SECONDS,
    currentDate: new Date(now()),
  });
  return async (token) => {
    if (!SIGNED.test(token)) return;
    try {
      const { payload, protectedHeader } = typeof key === "function"
        ? await jwtVerify(token, key, options())
        : await jwtVerify(token, key, options());
      if (!TYPES.has(protectedHeader.typ?.toLowerCase())) return;
      return mayBeUsed(payload, now()) ? principalOf(payload, elevates) : undefined;
    } catch (error) {
      if (error instanceof KeySetError) throw error;
      return;
    }
  };
}

/** What is bound to a client's own key (`cnf`) would need a proof that a bearer token does not have. */
function mayBeUsed({ iat, cnf }: JWTPayload, now: number): boolean {
  return cnf === undefined && (iat === undefined || iat <= now / 1000 + TOLERANCE_SECONDS);
}
