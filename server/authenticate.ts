import type { Principal, Scope } from "./caller.ts";

/** Who may call over HTTP, and how clients learn to prove it. */
export interface Access {
  /**
   * Who sends a request; a response where nobody is known: 401 with a challenge, or 503 where the keys
   * to check with cannot be had. It reads headers and the query only, and says nothing of why.
   */
  authenticate(request: Request): Promise<Principal | Response>;
  /** The id of the key that a request shows, for the log: whether there is such a one or not. */
  shownKey?(request: Request): string | undefined;
  /** Whether who was found earlier may still call: the stream of a key that is revoked must end. */
  isGood(principal: Principal): boolean;
  /** 403, for a caller whose key has not the scope that a tool needs; see `scopeFor`. */
  forbid(principal: Principal, needed: Scope): Response;
  /** OAuth's metadata documents; undefined for every other path. Wants no key. */
  metadata?(request: Request): Response | undefined;
}
