import { dirname, resolve } from "node:path";
import type { App } from "../../cli/app.ts";
import { ownCommand } from "../../config/own_command.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { InstallFlags } from "./client_file.ts";
import type { McpClient, Target } from "./mcp_clients.ts";

/**
 * How a client shall start our server, or where it finds it.
 *
 * @throws {ToolError} when --http is no address, --root no folder, or missing where it is needed
 */
export async function installTarget(
  client: McpClient,
  app: App,
  { http, root, project }: Pick<InstallFlags, "http" | "root" | "project">,
): Promise<Target> {
  if (http !== undefined) return addressOf(http, root);
  if (root === undefined && client.startsAnywhere && !project) throw rootNeeded(client);
  const { command, args } = ownCommand();
  const folder = root === undefined ? [] : ["--root", await folderOf(root, app)];
  return { command, args: [...args, "serve", ...folder] };
}

function addressOf(http: string, root?: string): Target {
  const url = URL.parse(http);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ToolError(`Cannot use --http ${JSON.stringify(http)}: it is no address`, {
      hint: "give one such as http://127.0.0.1:8004/mcp, without a password",
    });
  }
  if (url.search || url.hash) {
    throw new ToolError("Cannot use --http: its address has a query, which may hold a key", {
      hint: "end it with /mcp; a key belongs into a header",
    });
  }
  if (root !== undefined) {
    throw new ToolError("Cannot use --root with --http: the server has its own", {
      hint: 'give it to "devmcp serve"',
    });
  }
  return { url: url.pathname === "/" ? new URL("/mcp", url).href : http };
}

/** Made absolute, and looked at now: the client would only say that the server does not start. */
async function folderOf(root: string, { cwd, openWorkspace }: App): Promise<string> {
  const path = resolve(cwd, root);
  if (dirname(path) === path) {
    throw new ToolError(`Cannot use --root ${JSON.stringify(root)}: it is the whole disk`, {
      hint: "give the folder of a project",
    });
  }
  await openWorkspace(path);
  return path;
}

function rootNeeded({ title }: McpClient): ToolError {
  return new ToolError(`Cannot install without --root: ${title} starts servers in no project`, {
    hint: "give the folder to work in: --root .",
  });
}
