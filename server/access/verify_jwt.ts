import type { Principal } from "../caller.ts";

/**
 * Who a JWT is for; undefined for one that is not good, whatever is wrong with it.
 *
 * @throws when the keys to check it with cannot be had
 */
export type VerifyToken = (token: string) => Promise<Principal | undefined>;
