import { extractWWWAuthenticateParams, isStrictScopeSuperset } from "@modelcontextprotocol/client";
import { ToolError } from "../config/tool_error.ts";
import { keptLogin } from "./known_issuer.ts";
import { LoginNeeded } from "./login_needed.ts";
import { type Challenge, type Fetch, type OAuthContext, serverKey } from "./oauth_context.ts";
import { type LogIn, logIn } from "./oauth_login.ts";
import { oauthProblem } from "./oauth_problem.ts";
import { renewToken } from "./renew_token.ts";

/** Logs in at one MCP server. */
export interface OAuth {
  /**
   * A fetch for requests to the server: it brings the token, gets another one where that is possible
   * without a person, and throws {@link LoginNeeded} where it is not.
   */
  authorize(fetch: Fetch): Fetch;
  /**
   * Has a person log in, or allow what the server wanted last.
   *
   * @throws {ToolError} when it fails or takes too long, and the reason of the signal
   */
  login(options: LogIn & { timeoutMs?: number }): Promise<void>;
  /** Whether the server refused something, since the last login, that another one would allow. */
  isWanted(): boolean;
  /** Forgets what was kept of logins at this server; false when there was nothing. */
  logout(): Promise<boolean>;
}

const FIVE_MINUTES = 5 * 60_000;
/** In characters; what servers want is much shorter. */
const MAX_SCOPE = 4096;

/** The logins at one server. */
export function createOAuth(context: OAuthContext): OAuth {
  let wanted: Challenge | undefined;
  const refused: Refused = async (challenge, used, signal) => {
    wanted = challenge;
    try {
      if (challenge.isStepUp) requireSomethingNew(context, challenge);
      return await renewToken(context, challenge, used, signal);
    } catch (error) {
      if (challenge.isStepUp && error instanceof LoginNeeded) await keepWanted(context, challenge);
      throw failure(context, error, signal);
    }
  };
  return {
    authorize: (fetch) => authorize(context, fetch, refused),
    async login({ show, signal, timeoutMs = FIVE_MINUTES }) {
      const late = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
      const kept = keptLogin(context);
      const challenge = wanted ?? { isStepUp: kept?.wanted !== undefined, scope: kept?.wanted };
      try {
        const granted = kept?.tokens?.scope;
        await context.tokens.save(await logIn(context, challenge, { show, signal: late }, granted));
        wanted = undefined;
      } catch (error) {
        throw failure(context, error, signal);
      }
    },
    isWanted: () => keptLogin(context)?.wanted !== undefined,
    logout: () => context.tokens.remove(serverKey(context.server)),
  };
}

/** Runs again what the server refused, with the token that it then gets. */
type Refused = (
  challenge: Challenge,
  used: string | undefined,
  signal: AbortSignal,
) => Promise<string>;

/** A refused token, and then too narrow a scope; a server that goes on is refused itself. */
const MAX_RENEWALS = 2;

function authorize(context: OAuthContext, fetch: Fetch, refused: Refused): Fetch {
  return async (address, init) => {
    const headers = new Headers(init?.headers);
    const isOurs = new URL(address).origin === context.server.origin;
    if (!isOurs || headers.has("authorization")) return await fetch(address, init);
    let token = keptLogin(context)?.tokens?.access_token;
    for (let renewals = 0;; renewals++) {
      if (token) headers.set("authorization", `Bearer ${token}`);
      const response = await fetch(address, { ...init, headers });
      const challenge = readChallenge(response);
      if (!challenge || renewals === MAX_RENEWALS) return response;
      await response.body?.cancel();
      token = await refused(challenge, token, init?.signal ?? new AbortController().signal);
    }
  };
}

function readChallenge(response: Response): Challenge | undefined {
  const { error, scope, resourceMetadataUrl } = extractWWWAuthenticateParams(response);
  const isStepUp = response.status === 403 && error === "insufficient_scope";
  if (response.status !== 401 && !isStepUp) return undefined;
  return { isStepUp, scope, resourceMetadataUrl };
}

/** Whoever has what the server says it wants gets nothing by asking again. */
function requireSomethingNew(context: OAuthContext, { scope }: Challenge): void {
  if (isStrictScopeSuperset(scope, keptLogin(context)?.tokens?.scope)) return;
  throw new ToolError(
    `Cannot use ${JSON.stringify(context.server.href)}: the login does not allow this`,
  );
}

/** So that a login by another process, in a terminal, asks for it. */
async function keepWanted({ tokens, ...context }: OAuthContext, { scope }: Challenge) {
  const login = keptLogin({ tokens, ...context });
  if (login && scope && scope.length <= MAX_SCOPE) await tokens.save({ ...login, wanted: scope });
}

function failure({ server }: OAuthContext, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof LoginNeeded ? error : oauthProblem(server, error);
}
