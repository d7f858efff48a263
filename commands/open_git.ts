import type { App } from "../cli/app.ts";
import type { Git } from "../config/git.ts";
import { createGit } from "../sandbox/run_git.ts";

/** Git in the folder where devmcp was started. */
export function openGit({ cwd, env }: Pick<App, "cwd" | "env">): Git {
  return createGit({ cwd, env });
}
