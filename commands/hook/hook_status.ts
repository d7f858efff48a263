import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import type { GitHook } from "../../workspace/git_hook.ts";
import { findOwnHook } from "./find_own_hook.ts";

const SAID: Record<GitHook["state"], string> = {
  ours: "installed",
  absent: "not installed",
  edited: "edited after it was installed",
  foreign: "a hook that is not of devmcp",
};

/** `devmcp hook status` */
export async function hookStatus(app: App, { json }: { json?: boolean }): Promise<void> {
  const { path, state, hooksPath } = await findOwnHook(app);
  if (state !== "ours") app.exitCode = 1;
  if (json) {
    const output = { version: 1, path, state, hooks_path: hooksPath ?? null };
    return app.stdout.write(`${toJson(output, 2)}\n`);
  }
  app.stdout.write(`${sanitizeLine(`${path}: ${SAID[state]}`)}\n`);
}
