import { relative, sep } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import type { Boundary } from "./confine_path.ts";

/**
 * They decide what may run, and so are the person's own: hooks and filters of git, settings, servers; and
 * those of editors and assistants, which start what is in there when the folder is next opened.
 */
const FOLDERS = [
  ...[".git", ".husky", ".vscode", ".idea", ".devcontainer"],
  ...[".claude", ".cursor", ".gemini", ".codex"],
];
const FILES = ["devmcp.yaml", "devmcp.yml", ".mcp.json", ".gitmodules", ".envrc"];

/**
 * Refuses what no tool may write, wherever it is in the workspace.
 *
 * @param real absolute, without symbolic links
 * @param path as it was given, for the message
 * @throws {ToolError}
 */
export function refuseProtected(boundary: Boundary, real: string, path: string): void {
  const names = relative(boundary.real, real).split(sep).map(plainName);
  const isProtected = names.some((name) => FOLDERS.includes(name) || /^git~\d+$/.test(name)) ||
    FILES.includes(names.at(-1)!);
  if (!isProtected) return;
  throw new ToolError(`Cannot write ${JSON.stringify(path)}: it decides what may run here`, {
    hint: "change it yourself",
  });
}

/** The name that file systems take it for, some of which ignore case, invisible characters and ends. */
function plainName(name: string): string {
  return name.normalize("NFKC").replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replace(/:.*$/, "").replace(/[. ]+$/, "").toLowerCase();
}
