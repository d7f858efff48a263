import type { App } from "../cli/app.ts";
import type { LoadedConfig } from "../config/config.ts";
import { isConfigured } from "../config/is_configured.ts";

/**
 * The configuration where anything is set; undefined where the defaults hold. For commands that
 * must start fast: the schema alone takes some 15 ms to load.
 */
export async function configured(
  { cwd, env, config }: Pick<App, "cwd" | "env" | "config">,
): Promise<LoadedConfig | undefined> {
  return isConfigured(cwd, env) ? await config() : undefined;
}
