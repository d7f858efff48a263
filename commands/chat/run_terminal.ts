import type { App } from "../../cli/app.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { converse } from "./terminal/converse.ts";
import { turnOfOthers } from "./turn_of_others.ts";

/**
 * The largest parts of what opens a chat; between them, what is typed already is shown. Modules of ours
 * that use a package, not the package: that would keep all of it in the bundle, for everybody.
 */
const PARTS: (() => Promise<unknown>)[] = [
  () => import("../../config/load.ts"),
  () => import("../../mcp_client/create_mcp_host.ts"),
  () => import("./own_server.ts"),
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
