import { dirname, resolve } from "node:path";
import type { OAuthSettings } from "./oauth_settings.ts";
import type { WrittenServer } from "./server_schema.ts";

/** An MCP server that is a program on this machine. Variables of the environment are not filled in yet. */
export interface StdioServer {
  kind: "stdio";
  command: string;
  args: string[];
  env: Record<string, string>;
  /** Absolute where it is given. @default the folder of the chat */
  cwd?: string;
  /** Whether nothing in it stands for a variable: a shell has filled them in. @default false */
  literal?: true;
}

/** An MCP server at an address. Variables of the environment are not filled in yet. */
export interface HttpServer {
  kind: "http";
  url: string;
  headers: Record<string, string>;
  /** Whether it speaks only the older transport of HTTP with SSE. */
  onlySse: boolean;
  oauth: OAuthSettings;
}

/** Names of tools, in which `*` stands for any characters. */
export interface ToolFilter {
  allow: string[];
  /** Stronger than `allow`. */
  deny: string[];
}

/** An MCP server as the user or a project defines it. */
export interface ServerDefinition {
  name: string;
  server: StdioServer | HttpServer;
  disabled: boolean;
  /** Of a call, as long as it does not tell of progress. */
  timeoutMs: number;
  tools: ToolFilter;
  /** `project`: nobody has agreed to it by writing it. */
  scope: "user" | "project";
  /** Absolute path of the file that defines it. */
  file: string;
  /** 1-based; absent for a .mcp.json. */
  line?: number;
}

const DEFAULT_TIMEOUT_SECONDS = 60;

/** What is written for a server, with its defaults. */
export function toDefinition(
  written: WrittenServer,
  place: Pick<ServerDefinition, "name" | "scope" | "file" | "line">,
): ServerDefinition {
  const { disabled = false, timeout_seconds = DEFAULT_TIMEOUT_SECONDS, tools = {} } = written;
  const { allow = ["*"], deny = [] } = Array.isArray(tools) ? { allow: tools } : tools;
  const server = written.command === undefined
    ? toHttp(written)
    : toStdio(written, dirname(place.file));
  return { ...place, server, disabled, timeoutMs: timeout_seconds * 1000, tools: { allow, deny } };
}

function toHttp({ url = "", headers = {}, type, oauth = {} }: WrittenServer): HttpServer {
  return { kind: "http", url, headers: asTexts(headers), onlySse: type === "sse", oauth };
}

function toStdio(written: WrittenServer, folder: string): StdioServer {
  const { command = "", args = [], env = {}, cwd } = written;
  // A variable in front may stand for an absolute path.
  const absolute = cwd === undefined || cwd.startsWith("${") ? cwd : resolve(folder, cwd);
  return { kind: "stdio", command, args, env: asTexts(env), cwd: absolute };
}

function asTexts(table: Record<string, string | number | boolean>): Record<string, string> {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, String(value)]));
}
