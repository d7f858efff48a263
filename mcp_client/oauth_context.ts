import type { Env } from "../config/folders.ts";
import type { OAuthSettings } from "../config/oauth_settings.ts";
import type { OAuthTokens } from "../store/oauth_tokens.ts";
import type { Resolve } from "./reach.ts";

/** Fetches an address, as the SDK asks for it. */
export type Fetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/** What a login at one MCP server works with. */
export interface OAuthContext {
  /** The server's name, for messages. */
  name?: string;
  /** URL of the MCP server. */
  server: URL;
  settings: OAuthSettings;
  tokens: OAuthTokens;
  /** For the client's secret. */
  env: Env;
  /** Reaches authorization servers. @default the runtime's own */
  fetch?: Fetch;
  resolve?: Resolve;
}

/** What a server said when it refused a request. */
export interface Challenge {
  /** Whether the token is good but allows too little. */
  isStepUp: boolean;
  /** With blanks between. */
  scope?: string;
  resourceMetadataUrl?: URL;
}

/** Under which the logins at a server are kept. */
export function serverKey(server: URL): string {
  return server.href.replace(/#.*$/s, "");
}
