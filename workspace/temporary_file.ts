import { rmSync } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryName } from "../config/temporary_name.ts";
import { ToolError } from "../config/tool_error.ts";
import { codeOf } from "./file_problem.ts";
import { removeLeftovers } from "./leftovers.ts";

/** Temporary files that have neither become what they were for nor been removed. */
const unfinished = new Set<string>();

/**
 * Opens a new file beside `target`, to take its place. It is removed when the process ends, until
 * {@link forgetTemporary} is told that it has its place.
 *
 * @param path the target as the user named it, for messages
 * @param mode @default 0o600
 */
export async function openTemporary(
  target: string,
  path: string,
  mode = 0o600,
): Promise<{ temporary: string; handle: FileHandle }> {
  const folder = dirname(target);
  const temporary = join(folder, temporaryName());
  removeAtExit();
  await removeLeftovers(folder);
  unfinished.add(temporary);
  try {
    return { temporary, handle: await open(temporary, "wx", mode) };
  } catch (error) {
    unfinished.delete(temporary);
    if (!["EACCES", "EPERM"].includes(codeOf(error))) throw error;
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: its folder allows no new file`, {
      hint: "files are replaced, not overwritten: make the folder writable",
      cause: error,
    });
  }
}

/**
 * Finds out whether there can be a new file beside `target`.
 *
 * @throws as {@link openTemporary} does
 */
export async function probeFolder(target: string, path: string): Promise<void> {
  const { temporary, handle } = await openTemporary(target, path);
  await handle.close();
  await removeTemporary(temporary);
}

/** The file is no longer temporary. */
export function forgetTemporary(temporary: string): void {
  unfinished.delete(temporary);
}

export async function removeTemporary(temporary: string): Promise<void> {
  await rm(temporary, { force: true });
  unfinished.delete(temporary);
}

let removing = false;

/** `Deno.exit`, after Ctrl-C for one, waits for nobody. */
function removeAtExit(): void {
  if (removing) return;
  removing = true;
  globalThis.addEventListener("unload", () => {
    for (const temporary of unfinished) rmSync(temporary, { force: true });
  });
}
