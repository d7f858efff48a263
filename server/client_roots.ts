import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../config/message_of.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Log } from "./log.ts";
import type { WorkspaceRoots } from "./mcp_options.ts";

/** Further ones are ignored. */
const MOST_ROOTS = 64;

/**
 * The folders that the client's roots leave of the workspace, in their order. A root that is no
 * folder here counts for nothing: a client may be on another machine. Where none counts, the
 * workspace is the server's.
 *
 * @param uris as the client gave them
 * @throws {ToolError} where all are outside of a workspace that they may only narrow
 */
export async function boundedRoots(
  uris: string[],
  { root, clientRoots, findFolder }: WorkspaceRoots,
  log: Log,
): Promise<string[]> {
  const found = await Promise.all(
    uris.slice(0, MOST_ROOTS).map(async (uri) => {
      try {
        return await findFolder(fileURLToPath(uri));
      } catch (error) {
        log(
          "warning",
          `the client's root ${JSON.stringify(uri).slice(0, 200)}: ${messageOf(error)}`,
        );
        return undefined;
      }
    }),
  );
  const folders = [...new Set(found.filter((folder) => folder !== undefined))];
  if (folders.length === 0) return [root];
  return clientRoots === "replace" ? folders : narrow(folders, await findFolder(root));
}

function narrow(folders: string[], root: string): string[] {
  const inside = folders.map((folder) => isInside(root, folder) ? root : folder)
    .filter((folder) => isInside(folder, root));
  if (inside.length > 0) return [...new Set(inside)];
  throw new ToolError("Cannot work on files: all roots of the client are outside the workspace", {
    hint: "give `code` instead of `path`, or have the server started in one of the roots",
  });
}

/** The root that a path belongs to: for a relative one, and one that is in none, the first. */
export function chooseRoot(roots: string[], path: unknown): string | undefined {
  const isFull = typeof path === "string" && isAbsolute(path);
  return (isFull ? roots.find((root) => isInside(path, root)) : undefined) ?? roots[0];
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
