import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import type { Boundary } from "./confine_path.ts";
import { fileError } from "./file_problem.ts";

/**
 * The folder that a confined workspace does not leave.
 *
 * @throws {ToolError} when there is no such folder
 */
export function openBoundary(root: string): Boundary {
  const named = resolve(root);
  try {
    if (!statSync(named).isDirectory()) {
      throw new ToolError(notAFolder(root), { hint: "give a folder" });
    }
    return { named, real: realpathSync(named) };
  } catch (error) {
    throw fileError("open the workspace", root, error);
  }
}

function notAFolder(root: string): string {
  return `Cannot open the workspace ${JSON.stringify(root)}: it is not a folder`;
}
