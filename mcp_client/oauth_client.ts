import {
  type AddClientAuthentication,
  type OAuthClientMetadata,
  registerClient,
} from "@modelcontextprotocol/client";
import type { OAuthLogin } from "../store/oauth_tokens.ts";
import { cannotLogIn } from "./cannot_log_in.ts";
import type { Authorization } from "./discover_authorization.ts";
import type { Fetch, OAuthContext } from "./oauth_context.ts";
import { readSecret } from "./read_secret.ts";
import { signWithKey } from "./sign_with_key.ts";

/** What devmcp is at an authorization server. */
export interface OAuthClient {
  information: OAuthLogin["client"];
  /** Signs token requests, where the client has a key instead of a secret. */
  addClientAuthentication?: AddClientAuthentication;
  /** What of it may be kept on the disk: no secret of the user's. */
  kept: OAuthLogin["client"];
}

const METHODS = ["none", "client_secret_basic", "client_secret_post"];

/** The client that the server's definition names. @throws {ToolError} when its secret is not there */
export function configuredClient(
  { settings, env }: Pick<OAuthContext, "settings" | "env">,
): OAuthClient | undefined {
  const { client_id, client_secret_env, private_key_file } = settings;
  if (client_id === undefined) return undefined;
  const client_secret = client_secret_env
    ? readSecret(env, client_secret_env, "the client's secret")
    : undefined;
  return {
    information: { client_id, client_secret },
    addClientAuthentication: private_key_file
      ? signWithKey(private_key_file, client_id)
      : undefined,
    kept: { client_id },
  };
}

/** The client of an earlier login, for its refresh token. @throws {ToolError} */
export function keptClient(context: OAuthContext, login: OAuthLogin): OAuthClient {
  return configuredClient(context) ?? { information: login.client, kept: login.client };
}

/**
 * The client for a person's login: the configured one, else a document's URL where the authorization
 * server takes that, else one registered for this login (RFC 7591).
 *
 * @throws {ToolError} when there is no way
 */
export async function clientForLogin(
  context: OAuthContext,
  found: Authorization,
  { redirectUri, scope, fetch }: { redirectUri: string; scope?: string; fetch: Fetch },
): Promise<OAuthClient> {
  const configured = configuredClient(context);
  if (configured) return configured;
  const { client_metadata_url } = context.settings;
  if (client_metadata_url && found.metadata?.client_id_metadata_document_supported) {
    const information = { client_id: client_metadata_url };
    return { information, kept: information };
  }
  return await register(context, found, describeClient(found, redirectUri), scope, fetch);
}

async function register(
  { server }: OAuthContext,
  { url, metadata }: Authorization,
  clientMetadata: OAuthClientMetadata,
  scope: string | undefined,
  fetch: Fetch,
): Promise<OAuthClient> {
  if (metadata && !metadata.registration_endpoint) {
    const problem = "its authorization server registers no clients by itself";
    throw cannotLogIn(server, problem, {
      hint: "register devmcp there, and set the client_id in the server's oauth settings",
    });
  }
  const full = await registerClient(url, { metadata, clientMetadata, scope, fetchFn: fetch });
  const { client_id, client_secret, token_endpoint_auth_method } = full;
  const information = { client_id, client_secret, token_endpoint_auth_method };
  return { information, kept: information };
}

function describeClient({ metadata }: Authorization, redirectUri: string): OAuthClientMetadata {
  const supported = metadata?.token_endpoint_auth_methods_supported ?? METHODS;
  return {
    client_name: "devmcp",
    application_type: "native",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: METHODS.find((one) => supported.includes(one)) ?? "none",
  };
}
