import type { ServerConfig } from "../../config/config.ts";
import { isOnThisMachine } from "../../config/this_machine.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { OAuthResource } from "./resource_metadata.ts";

type AuthConfig = ServerConfig["auth"];

/** How tokens are checked, as configured and found good. */
export interface TokenSettings {
  /** The one or the other: what may be known to all must never be taken for a secret. */
  secret?: Uint8Array;
  jwksUrl?: URL;
  algorithms: string[];
  audience: string[];
  issuer: string[];
  oauth?: OAuthResource;
}

/**
 * Reads `server.auth`; undefined where no tokens are taken.
 *
 * @throws {ToolError} for settings that are not safe, or not complete
 */
export function readTokenSettings(
  auth: AuthConfig,
  env: (name: string) => string | undefined,
): TokenSettings | undefined {
  const { jwks_url, jwt_secret_env, resource_url, authorization_servers, issuer } = auth;
  if (!jwks_url && !jwt_secret_env) return refuseHalf(auth);
  if (jwks_url && jwt_secret_env) {
    throw wrong("jwt_secret_env", "there is a jwks_url too", "set the one or the other");
  }
  requireEncryption("jwks_url", [jwks_url]);
  requireEncryption("authorization_servers", authorization_servers);
  const algorithms = readAlgorithms(auth);
  return {
    ...jwks_url
      ? { jwksUrl: new URL(jwks_url) }
      : { secret: readSecret(jwt_secret_env, algorithms, env) },
    algorithms,
    audience: readAudience(auth),
    issuer: issuer ? [issuer] : authorization_servers,
    ...authorization_servers.length > 0 && {
      oauth: {
        resourceUrl: readResource(resource_url),
        authorizationServers: authorization_servers,
      },
    },
  };
}

/** What looks like protection and is none. */
function refuseHalf(auth: AuthConfig): undefined {
  const set = (["issuer", "audience", "resource_url"] as const).find((key) => auth[key]) ??
    (["authorization_servers", "algorithms"] as const).find((key) => auth[key].length > 0);
  if (set) {
    throw wrong(set, "there is nothing to check tokens with", "set jwks_url or jwt_secret_env");
  }
}

function readAlgorithms({ algorithms, jwks_url }: AuthConfig): string[] {
  const isRight = (one: string) => one.startsWith("HS") !== Boolean(jwks_url);
  const other = algorithms.find((one) => !isRight(one));
  if (other) {
    const state = jwks_url ? "a key set has no shared secrets" : "a shared secret signs with HS…";
    throw wrong("algorithms", `${other}: ${state}`, "leave it out");
  }
  if (algorithms.length > 0) return algorithms;
  return jwks_url ? ["RS256", "ES256"] : ["HS256"];
}

/** RFC 7518 wants a secret as long as the hash. */
function readSecret(
  name: string,
  algorithms: string[],
  env: (name: string) => string | undefined,
): Uint8Array {
  const least = Math.max(...algorithms.map((one) => Number(one.slice(2)) / 8));
  const secret = new TextEncoder().encode(env(name) ?? "");
  if (secret.length >= least) return secret;
  const state = secret.length === 0 ? "it is not set" : `it has less than ${least} bytes`;
  throw new ToolError(`Cannot use the secret in ${JSON.stringify(name)}: ${state}`, {
    hint: `set it, for example to what "openssl rand -base64 ${least + 16}" prints`,
  });
}

/** Without one, a token that somebody gave to another server would be good here too. */
function readAudience({ audience, resource_url }: AuthConfig): string[] {
  if (audience) return [audience];
  if (resource_url) return [...new Set([resource_url, new URL(resource_url).href])];
  throw wrong("audience", "it is not set", "set it, or resource_url, to what tokens for it name");
}

function readResource(url: string): URL {
  if (url) return new URL(url);
  throw wrong(
    "authorization_servers",
    "resource_url is not set",
    "set it to this server's address",
  );
}

/** Who can change what comes from there can sign tokens. */
function requireEncryption(key: string, urls: string[]): void {
  const plain = urls.find((url) => URL.parse(url)?.protocol === "http:" && !isOnThisMachine(url));
  if (plain !== undefined) {
    throw wrong(key, "it is on another machine, unencrypted", "use an address with https://");
  }
}

function wrong(key: string, state: string, hint: string): ToolError {
  return new ToolError(`Cannot use server.auth.${key}: ${state}`, { hint });
}
