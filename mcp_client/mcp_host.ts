import type { Toolbox } from "../agent/execute/toolbox.ts";

/** An MCP server as the user sees it. */
export interface ServerStatus {
  name: string;
  /** The whole command, or the URL. */
  address: string;
  state: "connecting" | "connected" | "failed" | "not agreed" | "disabled" | "needs login";
  /** Why it is not connected. */
  problem?: string;
  tools: number;
  prompts: number;
  resources: number;
}

/** A prompt of a server, a slash command in the chat: `/server:name`. */
export interface ServerPrompt {
  name: string;
  description: string;
  arguments: { name: string; description: string; required: boolean }[];
}

/** The MCP servers of a chat, our own in-process one (`devmcp`) among them. */
export interface McpHost extends Toolbox {
  /** Resolves when our own server's tools are there; the others connect in the background. */
  ready(): Promise<void>;
  /** Resolves when every server is connected or has failed. For scripts. */
  settled(): Promise<void>;
  servers(): ServerStatus[];
  reconnect(name: string): Promise<void>;
  prompts(): ServerPrompt[];
  /** The prompt's messages as one text. @throws {ToolError} */
  getPrompt(name: string, args: Record<string, string>): Promise<string>;
  /** As `server:uri`, at most 1,000. */
  resources(): string[];
  /** @param name `server:uri` @throws {ToolError} */
  readResource(name: string): Promise<string>;
  close(): Promise<void>;
}
