import { dirname } from "node:path";
import type { App } from "../cli/app.ts";
import { homeFolder } from "../config/folders.ts";
import { ToolError } from "../config/tool_error.ts";

/**
 * The workspace where nothing else is said: this folder. Some clients start servers at the root of the
 * disk, which nobody wants to be read.
 *
 * @throws {ToolError} at the root of the disk
 */
export function startFolder({ cwd }: Pick<App, "cwd">): string {
  if (dirname(cwd) !== cwd) return cwd;
  throw new ToolError(`Cannot serve ${JSON.stringify(cwd)}: it is the whole disk`, {
    hint: "name the folder of a project: devmcp serve --root FOLDER",
  });
}

/** What to warn of: all that is the user's is the workspace, and nobody has said so. */
export function startWarning(
  { cwd, env }: Pick<App, "cwd" | "env">,
  root?: string,
): string | undefined {
  if (root !== undefined || cwd !== homeFolder(env)) return undefined;
  return "the workspace is the home folder, where the client names no roots; --root narrows it";
}
