import type { ApiKeys } from "../../store/api_keys.ts";
import type { Access } from "../authenticate.ts";
import type { VerifyToken } from "./verify_jwt.ts";

export interface AccessOptions {
  /** The keys that `devmcp keys` makes. */
  keys: Pick<ApiKeys, "find">;
  /** Who a JWT is for. Absent: none are taken. */
  verifyToken?: VerifyToken;
  /** For OAuth clients. Absent: they are told nothing. */
  oauth?: { resourceUrl: URL; authorizationServers: string[] };
  /** Whether who sends no key at all is `LOCAL`. @default false */
  anonymous?: boolean;
}

/** Finds out who sends a request, by its API key or token. */
export function createAccess(_options: AccessOptions): Access {
  throw new Error("not there yet");
}
