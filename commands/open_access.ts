import type { App } from "../cli/app.ts";
import type { ServerConfig } from "../config/config.ts";
import type { Access } from "../server/authenticate.ts";

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
export function openAccess(
  _app: Pick<App, "env">,
  _config: ServerConfig,
  _place: AccessPlace,
): Promise<Access> {
  throw new Error("not there yet");
}
