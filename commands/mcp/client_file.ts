import { join } from "node:path";
import type { App } from "../../cli/app.ts";
import { getInJsonc, JsoncProblem } from "../../config/edit_jsonc.ts";
import { readTextFile, type TextFile } from "../../config/edit_text_file.ts";
import { isThere } from "../../config/find_file.ts";
import { suggestion } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";
import { MCP_CLIENTS, type McpClient } from "./mcp_clients.ts";

/** The flags of `mcp install` and `mcp uninstall`. */
export interface InstallFlags {
  client?: string;
  name?: string;
  project?: boolean;
  http?: string;
  root?: string;
  dryRun?: boolean;
  json?: boolean;
}

function findClient(id: string): McpClient {
  const found = MCP_CLIENTS.find((one) => one.id === id);
  if (found) return found;
  const ids = MCP_CLIENTS.map((one) => one.id);
  throw new ToolError(`Cannot find the client ${JSON.stringify(id)}${suggestion(id, ids)}`, {
    hint: `it is one of ${ids.join(", ")}`,
  });
}

/** The file that a client reads here. @throws {ToolError} when it has none in a project */
export function clientFile(
  { title, files, projectFiles }: McpClient,
  { cwd, env }: App,
  { project }: Pick<InstallFlags, "project">,
): string {
  const found = project
    ? projectFiles?.map((one) => join(cwd, one))
    : files({ env, os: Deno.build.os });
  if (found) return found.find(isThere) ?? found.at(-1)!;
  throw new ToolError(`Cannot use --project: ${title} has no file in a project`, {
    hint: "leave it out",
  });
}

/**
 * The client that the flags name, and its file.
 *
 * @throws {ToolError} where there is no such client or file, or it cannot be read
 */
export function openClientFile(
  app: App,
  id: string,
  flags: Pick<InstallFlags, "project">,
): { client: McpClient; file: TextFile } {
  const client = findClient(id);
  const path = clientFile(client, app, flags);
  return { client, file: readTextFile(path, { followLinks: !flags.project }) };
}

/** Where a client's servers are in the text of its file. @throws {JsoncProblem} */
export function serverKeys({ keys, keysIn }: McpClient, text: string): string[] {
  return keysIn?.(getInJsonc(text, keys)) ?? keys;
}

/** What is wrong with a client's file, as a sentence. */
export function orToolError<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsoncProblem)) throw error;
    throw new ToolError(`Cannot change ${JSON.stringify(path)}: ${error.message}`, {
      hint: "mend it first; nothing was written",
    });
  }
}
