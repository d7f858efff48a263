import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
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
 * @param uris as the client gave them; null where it did not though it has some
 * @throws {ToolError} for a workspace that they may only narrow, where all are outside or not told
 */
export async function boundedRoots(
  uris: string[] | null,
  { root, clientRoots, findFolder }: WorkspaceRoots,
  log: Log,
): Promise<string[]> {
  if (!uris && clientRoots === "narrow") throw notTold();
  const counted = uris?.slice(0, MOST_ROOTS) ?? [];
  const found = await Promise.all(counted.map((uri) => findRoot(uri, findFolder)));
  const folders = found.filter((folder) => folder !== undefined);
  // How many: what a client says is in no log.
  const others = found.length - folders.length;
  if (others > 0) log("warning", `${others} of the client's roots are no folders here`);
  if (folders.length === 0) return [root];
  const distinct = [...new Set(folders)];
  return clientRoots === "replace" ? distinct : narrow(distinct, await findFolder(root));
}

async function findRoot(
  uri: string,
  findFolder: WorkspaceRoots["findFolder"],
): Promise<string | undefined> {
  try {
    return await findFolder(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

function notTold(): ToolError {
  return new ToolError("Cannot work on files: the client does not tell its roots", {
    hint: "give `code` instead of `path`, or try again",
  });
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
