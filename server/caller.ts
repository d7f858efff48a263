import { type Scope, SCOPES } from "../config/choices.ts";

export { type Scope, SCOPES };

/** Who calls, as authentication has found. */
export interface Principal {
  /** The same for all requests of the same key or subject; never a secret. */
  id: string;
  /** For people and logs. */
  name: string;
  scopes: readonly Scope[];
  /** Whether its client can ask for more scopes than these, as OAuth's can. */
  elevates?: boolean;
  /** Milliseconds since 1970 from which on its key or token is good no more. @default never */
  expires?: number;
}

/** Who calls and over what. */
export interface Caller {
  principal: Principal;
  transport: "stdio" | "http";
  /** The session of clients up to 2025-11-25; absent over HTTP since then. */
  sessionId?: string;
}

/** The host that started us, or whoever is on this machine where no key is wanted. */
export const LOCAL: Principal = { id: "local", name: "local", scopes: SCOPES };
