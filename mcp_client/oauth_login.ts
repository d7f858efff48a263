import { randomBytes } from "node:crypto";
import {
  exchangeAuthorization,
  type OAuthTokens as TokenReply,
  startAuthorization,
  validateAuthorizationResponseIssuer,
} from "@modelcontextprotocol/client";
import { ToolError } from "../config/tool_error.ts";
import type { OAuthLogin } from "../store/oauth_tokens.ts";
import { cannotLogIn } from "./cannot_log_in.ts";
import { type Authorization, discoverAuthorization } from "./discover_authorization.ts";
import { requireKnownIssuer } from "./known_issuer.ts";
import { listenForCallback, type OAuthCallback } from "./oauth_callback.ts";
import { clientForLogin, type OAuthClient } from "./oauth_client.ts";
import { type Challenge, type OAuthContext, serverKey } from "./oauth_context.ts";
import { checkAddress, oauthFetch } from "./oauth_fetch.ts";
import { refusal } from "./oauth_problem.ts";
import { chooseScope } from "./oauth_scope.ts";

export interface LogIn {
  /** Shows the person the address to open in a browser; nothing here opens it. Hostile text. */
  show(url: string): void | Promise<void>;
  signal: AbortSignal;
}

/**
 * Has a person log in at a server, with the authorization code and PKCE.
 *
 * @param granted the scope of the login so far
 * @throws when it fails, is refused, or `signal` is aborted
 */
export async function logIn(
  context: OAuthContext,
  challenge: Challenge,
  { show, signal }: LogIn,
  granted?: string,
): Promise<OAuthLogin> {
  const fetch = oauthFetch({ ...context, signal });
  const found = await discoverAuthorization(context.server, challenge, fetch);
  requireKnownIssuer(context, found);
  requirePkce(context, found);
  const state = randomBytes(32).toString("base64url");
  await using callback = listen(context, state, signal);
  const scope = chooseScope(context, challenge, found, granted);
  const client = await clientForLogin(context, found, { redirectUri: callback.url, scope, fetch });
  const { metadata, resource } = found;
  const common = { metadata, resource, clientInformation: client.information };
  const { authorizationUrl, codeVerifier } = await startAuthorization(found.url, {
    ...common,
    redirectUrl: callback.url,
    scope,
    state,
  });
  await checkAddress(authorizationUrl, context.server, context.resolve);
  await show(authorizationUrl.href);
  const reply = readReply(context, found, await callback.reply);
  const tokens = await exchangeAuthorization(found.url, {
    ...common,
    ...reply,
    codeVerifier,
    redirectUri: callback.url,
    addClientAuthentication: client.addClientAuthentication,
    fetchFn: fetch,
  });
  return toLogin(context, found, client, tokens, scope);
}

function listen({ settings }: OAuthContext, state: string, signal: AbortSignal): OAuthCallback {
  try {
    return listenForCallback({ state, port: settings.redirect_port, signal });
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new ToolError(`Cannot log in: port ${settings.redirect_port} is in use`, {
      hint: "end the program that uses it, or set another redirect_port that is registered",
      cause,
    });
  }
}

/** Without PKCE a program that catches the reply could use it. */
function requirePkce({ server }: OAuthContext, { metadata }: Authorization): void {
  if (!metadata || metadata.code_challenge_methods_supported?.includes("S256")) return;
  const problem = "its authorization server has no PKCE (S256)";
  throw cannotLogIn(server, problem);
}

function readReply(
  { server }: OAuthContext,
  { metadata }: Authorization,
  reply: URLSearchParams,
): { authorizationCode: string; iss?: string } {
  const iss = reply.get("iss") ?? undefined;
  validateAuthorizationResponseIssuer({
    iss,
    expectedIssuer: metadata?.issuer,
    issParameterSupported: metadata?.authorization_response_iss_parameter_supported === true,
  });
  const authorizationCode = reply.get("code");
  if (authorizationCode && !reply.has("error")) return { authorizationCode, iss };
  const problem = refusal(reply.get("error") ?? "nothing", reply.get("error_description"));
  throw cannotLogIn(server, problem);
}

/** What is to be kept of a reply with tokens. @throws {ToolError} for tokens that cannot be used here */
export function toLogin(
  { server }: OAuthContext,
  { issuer }: Authorization,
  { kept }: OAuthClient,
  { access_token, token_type, refresh_token, scope }: TokenReply,
  requested: string | undefined,
): OAuthLogin {
  if (token_type.toLowerCase() !== "bearer") {
    const problem = `it gives tokens of the kind ${JSON.stringify(token_type)}`;
    throw cannotLogIn(server, problem);
  }
  // A reply without a scope grants what was asked for (RFC 6749, 5.1).
  const tokens = { access_token, refresh_token, scope: scope ?? requested };
  return { server: serverKey(server), issuer, client: kept, tokens };
}
