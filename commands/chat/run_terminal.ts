import type { App } from "../../cli/app.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { converse } from "./terminal/converse.ts";
import { turnOfOthers } from "./turn_of_others.ts";

/** The largest parts of what opens a chat; between them, what is typed already is shown. */
const PARTS: (() => Promise<unknown>)[] = [
  () => import("zod"),
  () => import("../../config/load.ts"),
  () => import("@modelcontextprotocol/client"),
  () => import("@modelcontextprotocol/server"),
  () => import("../../mcp_client/create_mcp_host.ts"),
];

/** A conversation at the terminal; its prompt is there before all else is loaded. @throws {ToolError} */
export async function runTerminal(flags: ChatFlags, app: App): Promise<void> {
  await converse(
    async (surface) => {
      for (const load of PARTS) {
        await load();
        await turnOfOthers();
      }
      return await (await import("./open_chat.ts")).openChat(flags, app, surface);
    },
    app,
    { remembers: flags.save },
  );
}
