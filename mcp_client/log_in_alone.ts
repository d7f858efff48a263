import {
  exchangeJwtAuthGrant,
  fetchToken,
  type OAuthTokens as TokenReply,
  requestJwtAuthorizationGrant,
} from "@modelcontextprotocol/client";
import type { ToolError } from "../config/tool_error.ts";
import type { OAuthLogin } from "../store/oauth_tokens.ts";
import { cannotLogIn } from "./cannot_log_in.ts";
import type { Authorization } from "./discover_authorization.ts";
import { configuredClient, type OAuthClient } from "./oauth_client.ts";
import type { Fetch, OAuthContext } from "./oauth_context.ts";
import { toLogin } from "./oauth_login.ts";
import { readSecret } from "./read_secret.ts";

/** Gets a token without a person, as the server's definition says. @throws what goes wrong */
export async function logInAlone(
  context: OAuthContext,
  found: Authorization,
  fetch: Fetch,
  scope: string | undefined,
): Promise<OAuthLogin> {
  const client = configuredClient(context);
  if (!client) throw missing(context, "client_id");
  const grant = context.settings.grant === "cross_app_access" ? crossApps : asClient;
  return toLogin(context, found, client, await grant(context, found, client, fetch, scope), scope);
}

type Grant = (
  context: OAuthContext,
  found: Authorization,
  client: OAuthClient,
  fetch: Fetch,
  scope: string | undefined,
) => Promise<TokenReply>;

/** With the client's credentials (RFC 6749, 4.4). */
const asClient: Grant = (_context, found, client, fetch, scope) =>
  fetchToken(asProvider(client), found.url, {
    metadata: found.metadata,
    resource: found.resource,
    scope,
    fetchFn: fetch,
  });

/** The person's ID token becomes a grant at the identity provider, and that a token (SEP-990). */
const crossApps: Grant = async (context, found, { information }, fetch, scope) => {
  const { idp_token_endpoint, idp_client_id, id_token_env } = context.settings;
  if (!idp_token_endpoint) throw missing(context, "idp_token_endpoint");
  if (!idp_client_id) throw missing(context, "idp_client_id");
  if (!id_token_env) throw missing(context, "id_token_env");
  const { jwtAuthGrant } = await requestJwtAuthorizationGrant({
    tokenEndpoint: idp_token_endpoint,
    clientId: idp_client_id,
    idToken: readSecret(context.env, id_token_env, "the ID token"),
    audience: found.issuer,
    resource: found.resource ?? context.server.href,
    scope,
    fetchFn: fetch,
  });
  return await exchangeJwtAuthGrant({
    tokenEndpoint: found.metadata?.token_endpoint ?? new URL("/token", found.url),
    jwtAuthGrant,
    clientId: information.client_id,
    clientSecret: information.client_secret,
    authMethod: information.client_secret ? "client_secret_basic" : "none",
    fetchFn: fetch,
  });
};

function missing({ server, settings }: OAuthContext, key: string): ToolError {
  const problem = `${settings.grant} needs ${key}`;
  return cannotLogIn(server, problem, {
    hint: `set ${key} in the server's oauth settings`,
  });
}

/** As the SDK wants to be told of a client. */
function asProvider(client: OAuthClient): Parameters<typeof fetchToken>[0] {
  const unused = () => {
    throw new Error("not for a person");
  };
  return {
    redirectUrl: undefined,
    clientMetadata: { redirect_uris: [] },
    clientInformation: () => client.information,
    addClientAuthentication: client.addClientAuthentication,
    prepareTokenRequest: (scope) =>
      new URLSearchParams({ grant_type: "client_credentials", ...(scope ? { scope } : {}) }),
    tokens: unused,
    saveTokens: unused,
    redirectToAuthorization: unused,
    saveCodeVerifier: unused,
    codeVerifier: unused,
  };
}
