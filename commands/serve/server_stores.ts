import type { Env } from "../../config/folders.ts";
import type { ConnectionWorld } from "../../mcp_client/connection_world.ts";
import { openAgreedServers } from "../../store/agreed_servers.ts";
import { openKnownTools } from "../../store/known_tools.ts";
import { oauthTokensPath, openOAuthTokens } from "../../store/oauth_tokens.ts";

/** What devmcp remembers of other servers for the user. */
export function serverStores(env: Env): Pick<ConnectionWorld, "agreed" | "known" | "tokens"> {
  return {
    agreed: openAgreedServers(env),
    known: openKnownTools(env),
    tokens: openOAuthTokens(oauthTokensPath(env)),
  };
}
