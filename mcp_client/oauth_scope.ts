import { computeScopeUnion } from "@modelcontextprotocol/client";
import type { Authorization } from "./discover_authorization.ts";
import type { Challenge, OAuthContext } from "./oauth_context.ts";

const REFRESH = "offline_access";

/**
 * The scope to ask for: what the definition says, else what the server asked for, else all it has; for
 * a step up, what was granted and what was missing. Undefined leaves it to the authorization server.
 *
 * @param granted so far, with blanks between
 */
export function chooseScope(
  { settings }: Pick<OAuthContext, "settings">,
  challenge: Challenge,
  found: Authorization,
  granted?: string,
): string | undefined {
  const usual = settings.scopes?.join(" ") ?? challenge.scope ?? found.scopes?.join(" ");
  const scope = challenge.isStepUp ? computeScopeUnion(granted, challenge.scope) : usual;
  const isOffered = found.metadata?.scopes_supported?.includes(REFRESH) === true;
  const isForPerson = (settings.grant ?? "authorization_code") === "authorization_code";
  return scope && isOffered && isForPerson ? computeScopeUnion(scope, REFRESH) : scope || undefined;
}
