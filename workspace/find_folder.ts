import { openBoundary } from "./open_boundary.ts";

/**
 * The real path of a folder.
 *
 * @throws {ToolError} when there is none
 */
export function findFolder(path: string): string {
  return openBoundary(path).real;
}
