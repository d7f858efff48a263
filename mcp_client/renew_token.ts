import { OAuthError, OAuthErrorCode, refreshAuthorization } from "@modelcontextprotocol/client";
import type { OAuthLogin } from "../store/oauth_tokens.ts";
import { type Authorization, discoverAuthorization } from "./discover_authorization.ts";
import { keptLogin, requireKnownIssuer } from "./known_issuer.ts";
import { logInAlone } from "./log_in_alone.ts";
import { LoginNeeded } from "./login_needed.ts";
import { keptClient } from "./oauth_client.ts";
import { type Challenge, type Fetch, type OAuthContext, serverKey } from "./oauth_context.ts";
import { oauthFetch } from "./oauth_fetch.ts";
import { toLogin } from "./oauth_login.ts";
import { chooseScope } from "./oauth_scope.ts";

/**
 * Gets another access token without a person: one that another process got meanwhile, one for a
 * refresh token, or one for the client itself.
 *
 * @param used the token that was refused
 * @throws {LoginNeeded} when only a person can get one
 */
export async function renewToken(
  context: OAuthContext,
  challenge: Challenge,
  used: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  return await context.tokens.exclusively(serverKey(context.server), async () => {
    const login = keptLogin(context);
    const current = login?.tokens?.access_token;
    if (current !== undefined && current !== used) return current;
    const renewed = await renew(context, challenge, login, signal);
    await context.tokens.save(renewed);
    return renewed.tokens!.access_token;
  });
}

async function renew(
  context: OAuthContext,
  challenge: Challenge,
  login: OAuthLogin | undefined,
  signal: AbortSignal,
): Promise<OAuthLogin> {
  const { grant = "authorization_code" } = context.settings;
  const isForClient = grant !== "authorization_code";
  // A refresh token never gives more than was granted.
  const canRefresh = login?.tokens?.refresh_token !== undefined && !challenge.isStepUp;
  if (!isForClient && !canRefresh) throw new LoginNeeded(context.name);
  const fetch = oauthFetch({ ...context, signal });
  const found = await discoverAuthorization(context.server, challenge, fetch);
  requireKnownIssuer(context, found);
  if (isForClient) {
    const scope = chooseScope(context, challenge, found, login?.tokens?.scope);
    return await logInAlone(context, found, fetch, scope);
  }
  if (found.issuer !== login!.issuer) throw new LoginNeeded(context.name);
  return await refresh(context, found, fetch, login!);
}

async function refresh(
  context: OAuthContext,
  found: Authorization,
  fetch: Fetch,
  login: OAuthLogin,
): Promise<OAuthLogin> {
  const client = keptClient(context, login);
  const { refresh_token, scope } = login.tokens!;
  try {
    const reply = await refreshAuthorization(found.url, {
      metadata: found.metadata,
      resource: found.resource,
      clientInformation: client.information,
      addClientAuthentication: client.addClientAuthentication,
      refreshToken: refresh_token!,
      fetchFn: fetch,
    });
    return toLogin(context, found, client, reply, scope);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    await context.tokens.save({ ...login, tokens: undefined });
    throw new LoginNeeded(context.name);
  }
}

/** Whether it will be the same however often it is tried. */
function isRefusal(error: unknown): boolean {
  const { InvalidGrant, InvalidClient, UnauthorizedClient, InvalidScope } = OAuthErrorCode;
  const codes: string[] = [InvalidGrant, InvalidClient, UnauthorizedClient, InvalidScope];
  return error instanceof OAuthError && codes.includes(error.code);
}
