import type { App } from "../../cli/app.ts";
import type { ChatFlags } from "./chat_flags.ts";
import { converse } from "./terminal.ts";

/** A conversation at the terminal; its prompt is there before all else is loaded. @throws {ToolError} */
export async function runTerminal(flags: ChatFlags, app: App): Promise<void> {
  await converse(
    async (surface) => (await import("./open_chat.ts")).openChat(flags, app, surface),
    app,
    { remembers: flags.save },
  );
}
