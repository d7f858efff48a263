import type { OpenSession } from "../../sessions/session_store.ts";
import type { Chat } from "./chat.ts";

/** Goes over to another session; the one before stays open where that fails. */
export async function switchSession(
  chat: Chat,
  open: () => OpenSession | Promise<OpenSession>,
): Promise<void> {
  const next = await open();
  chat.session.close();
  chat.session = next;
}
