import { posix, win32 } from "node:path";
import { type Env, homeFolder } from "../../config/folders.ts";
import type { Json } from "../../config/edit_jsonc.ts";
import { isObject } from "../../config/is_object.ts";

/** How a client starts our server, or where it finds it. */
export type Target = { command: string; args: string[] } | { url: string };

/** The machine that a client is on. */
export interface Place {
  env: Env;
  /** As `Deno.build.os` calls it. */
  os: string;
}

/** A program that uses MCP servers, and where it is told which. */
export interface McpClient {
  id: string;
  title: string;
  /** The user's own configuration; of several the first that is there, else the last. Absolute. */
  files(place: Place): string[];
  /** The same of a project, within its folder; absent where the client knows none. */
  projectFiles?: string[];
  /** What is there when the client is. @default the folders of `files` */
  traces?(place: Place): string[];
  /** It starts servers in no project: they must be told where to work. @default false */
  startsAnywhere?: boolean;
  /** Where in the file the servers are. */
  keys: string[];
  /** Where they are in a file that says `servers` at `keys`. @default `keys` */
  keysIn?(servers: Json | undefined): string[];
  /** What is written for a server; undefined when the client knows no such servers. */
  entry(target: Target): Json | undefined;
}

/** Every client that `devmcp mcp install` knows. */
export const MCP_CLIENTS: McpClient[] = [
  {
    id: "claude-desktop",
    title: "Claude Desktop",
    files: (place) => [inAppData(place, "Claude/claude_desktop_config.json")],
    startsAnywhere: true,
    keys: ["mcpServers"],
    entry: (target) => "url" in target ? undefined : { ...target, env: {} },
  },
  {
    id: "claude-code",
    title: "Claude Code",
    files: (place) => [inHome(place, ".claude.json")],
    projectFiles: [".mcp.json"],
    traces: (place) => [inHome(place, ".claude.json"), inHome(place, ".claude")],
    keys: ["mcpServers"],
    entry: (target) =>
      "url" in target ? { type: "http", ...target } : { type: "stdio", ...target, env: {} },
  },
  {
    id: "vscode",
    title: "Visual Studio Code",
    files: (place) => [inAppData(place, "Code/User/mcp.json")],
    projectFiles: [".vscode/mcp.json"],
    keys: ["servers"],
    entry: (target) => ({ type: "url" in target ? "http" : "stdio", ...target }),
  },
  {
    id: "cursor",
    title: "Cursor",
    files: (place) => [inHome(place, ".cursor/mcp.json")],
    projectFiles: [".cursor/mcp.json"],
    keys: ["mcpServers"],
    entry: (target) => ({ ...target }),
  },
  {
    id: "opencode",
    title: "opencode",
    files: (place) =>
      ["opencode.jsonc", "opencode.json"].map((name) => inConfig(place, `opencode/${name}`)),
    projectFiles: ["opencode.jsonc", "opencode.json"],
    keys: ["mcp"],
    keysIn: (servers) =>
      isObject(servers) && isTable(servers.servers) ? ["mcp", "servers"] : ["mcp"],
    entry: (target) =>
      "url" in target
        ? { type: "remote", ...target, enabled: true }
        : { type: "local", command: [target.command, ...target.args], enabled: true },
  },
  {
    id: "gemini",
    title: "Gemini CLI",
    files: (place) => [inHome(place, ".gemini/settings.json")],
    projectFiles: [".gemini/settings.json"],
    keys: ["mcpServers"],
    entry: (target) => "url" in target ? { httpUrl: target.url } : { ...target },
  },
  {
    id: "zed",
    title: "Zed",
    files: (place) => [
      place.os === "windows"
        ? inAppData(place, "Zed/settings.json")
        : inConfig(place, "zed/settings.json"),
    ],
    projectFiles: [".zed/settings.json"],
    keys: ["context_servers"],
    entry: (target) => "url" in target ? { ...target } : { source: "custom", ...target, env: {} },
  },
  {
    id: "lmstudio",
    title: "LM Studio",
    files: (place) => [inHome(place, ".lmstudio/mcp.json")],
    startsAnywhere: true,
    keys: ["mcpServers"],
    entry: (target) => ({ ...target }),
  },
];

/** The names of a table of servers are those of servers: this one is no server itself. */
function isTable(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isObject);
}

function inHome(place: Place, path: string): string {
  return pathOf(place).join(home(place), path);
}

/** Where programs with a window keep what is the user's. */
function inAppData(place: Place, path: string): string {
  const { env, os } = place;
  if (os === "windows") return win32.join(env("APPDATA") || inHome(place, "AppData/Roaming"), path);
  return os === "darwin"
    ? inHome(place, `Library/Application Support/${path}`)
    : inConfig(place, path);
}

/** Where programs of a terminal do; by the XDG specification, on macOS too. */
function inConfig(place: Place, path: string): string {
  const { env } = place;
  const set = env("XDG_CONFIG_HOME") ?? "";
  const folder = pathOf(place).isAbsolute(set) ? set : inHome(place, ".config");
  return pathOf(place).join(folder, path);
}

function home({ env, os }: Place): string {
  return os === "windows" && env("USERPROFILE") || homeFolder(env);
}

function pathOf({ os }: Place) {
  return os === "windows" ? win32 : posix;
}
