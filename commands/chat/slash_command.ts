import type { Chat, Edge } from "./chat.ts";
import type { Surface } from "./surface.ts";

/** A command within a chat. */
export interface SlashCommand {
  /** Without the slash. */
  name: string;
  /** Half a line, for `/help`. */
  summary: string;
  /** `<id>`, `[on|off]`; empty when it takes nothing. */
  usage: string;
  /** What may follow, for completion. */
  complete?(prefix: string, chat: Chat): string[] | Promise<string[]>;
  /**
   * @param edge for what is said, runs or is agreed to
   * @throws {ToolError} which is shown as one line
   */
  run(argument: string, chat: Chat, surface: Surface, edge: Edge): void | Promise<void>;
}
