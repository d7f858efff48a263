import type { OAuthLogin } from "../store/oauth_tokens.ts";
import { cannotLogIn } from "./cannot_log_in.ts";
import type { Authorization } from "./discover_authorization.ts";
import { type OAuthContext, serverKey } from "./oauth_context.ts";

/** The login kept for a server, unless its definition has changed since. */
export function keptLogin({ server, settings, tokens }: OAuthContext): OAuthLogin | undefined {
  const login = tokens.read(serverKey(server));
  if (!login || (settings.client_id ?? login.client.client_id) !== login.client.client_id) return;
  return isSame(settings.issuer ?? login.issuer, login.issuer) ? login : undefined;
}

/**
 * A client that the user registered is shown to one authorization server only: the one that the
 * definition names, or that it was first used with. A server that is taken over would else send the
 * secret where it likes.
 *
 * @throws {ToolError}
 */
export function requireKnownIssuer(context: OAuthContext, { issuer }: Authorization): void {
  const { server, settings } = context;
  const isOurs = settings.client_id !== undefined;
  const known = settings.issuer ?? (isOurs ? keptLogin(context)?.issuer : undefined);
  if (known === undefined || isSame(known, issuer)) return;
  const problem = `it has another authorization server, ${JSON.stringify(issuer)}`;
  throw cannotLogIn(server, problem, {
    hint: "if that is right, set it as issuer in the server's oauth settings",
  });
}

/** A slash at the end makes no difference. */
function isSame(a: string, b: string): boolean {
  return a.replace(/\/$/, "") === b.replace(/\/$/, "");
}
