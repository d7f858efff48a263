import type { App } from "../cli/app.ts";
import type { ServerConfig } from "../config/config.ts";
import { ToolError } from "../config/tool_error.ts";
import { createAccess } from "../server/access/create_access.ts";
import { hasExpired } from "../server/access/check_api_key.ts";
import { readTokenSettings, type TokenSettings } from "../server/access/token_settings.ts";
import type { VerifyToken } from "../server/access/verify_token.ts";
import type { Access } from "../server/authenticate.ts";
import { apiKeysPath, readApiKeys } from "../store/api_keys.ts";
import { liveApiKeys } from "../store/live_api_keys.ts";

export interface AccessPlace {
  /** Whether only this machine reaches the address that is served. */
  loopback: boolean;
  /** Told what an operator must know, in one line without secrets. */
  warn(text: string): void;
  /** `--insecure-no-auth-on-network`: who sends no key at all may call, from anywhere. */
  insecure?: boolean;
}

/**
 * Who may call `devmcp serve --http`. On loopback that is who sends no key too, unless tokens are
 * configured, `auth.required` is, or `allowed_hosts` says that others come through a proxy; a key that
 * is sent is always checked.
 *
 * @throws {ToolError} where nobody at all could call, and for keys and settings that cannot be used
 */
export async function openAccess(
  app: Pick<App, "env">,
  config: ServerConfig,
  { loopback, warn, insecure = false }: AccessPlace,
): Promise<Access> {
  const path = apiKeysPath(app.env);
  const keys = readApiKeys(path);
  const tokens = readTokenSettings(config.auth, app.env);
  const anonymous = insecure || loopback && !tokens && !wantsKeys(config);
  if (!anonymous && !tokens && keys.every((key) => hasExpired(key, Date.now()))) {
    throw nobody(loopback);
  }
  return createAccess({
    findKey: liveApiKeys(path, { warn }),
    ...tokens && { verifyToken: await createVerifier(tokens, warn) },
    ...tokens?.oauth && { oauth: tokens.oauth },
    anonymous,
  });
}

/** A proxy on this machine brings the callers of others, whom nothing tells from our own. */
function wantsKeys({ auth, allowed_hosts }: ServerConfig): boolean {
  return auth.required || allowed_hosts.length > 0;
}

/** jose is loaded only where tokens are taken. */
async function createVerifier(
  { secret, jwksUrl, oauth, ...rules }: TokenSettings,
  warn: (text: string) => void,
): Promise<VerifyToken> {
  const { tokenVerifier } = await import("../server/access/verify_token.ts");
  const { keySet } = await import("../server/access/key_set.ts");
  const key = secret ?? keySet({ url: jwksUrl!, warn });
  return tokenVerifier({ ...rules, key, elevates: oauth !== undefined });
}

function nobody(loopback: boolean): ToolError {
  const why = loopback ? "keys are wanted and there are none" : "others can reach it without a key";
  return new ToolError(`Cannot serve over HTTP: ${why}`, {
    hint: 'make a key with "devmcp keys create NAME", or configure server.auth',
  });
}
