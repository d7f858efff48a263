import type { Principal } from "./caller.ts";

/** Who may call over HTTP, and how clients learn to prove it. */
export interface Access {
  /**
   * Who sends a request; a response where nobody is known: 401 with a challenge, or 403. It reads
   * headers only, and says nothing of why.
   */
  authenticate(request: Request): Promise<Principal | Response>;
  /** OAuth's metadata documents; undefined for every other path. */
  metadata?(request: Request): Response | undefined;
}
