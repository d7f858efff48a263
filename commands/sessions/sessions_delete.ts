import type { App } from "../../cli/app.ts";
import { requireYes } from "../../cli/ask.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { countOf } from "../../cli/style.ts";
import { findSessionId } from "../../sessions/find_session_id.ts";
import { sessionsFolder } from "../../sessions/create_session_store.ts";
import { openSessions } from "../open_sessions.ts";

interface Flags {
  yes?: boolean;
  json?: boolean;
}

/** `devmcp sessions delete` */
export async function deleteSession(given: string, app: App, flags: Flags): Promise<void> {
  const store = openSessions(app);
  const id = await findSessionId(sessionsFolder(app.env), given, "delete");
  const title = (await store.list()).find((info) => info.id === id)?.title ?? "";
  if (!flags.yes) {
    const question = `Delete ${id} (${title || "untitled"})?`;
    await requireYes(question, `Cannot delete the session "${id}"`, app);
  }
  await store.remove(id);
  tell([id], app, flags);
}

/** `devmcp sessions prune` */
export async function pruneSessions(
  app: App,
  { days, keep, ...flags }: Flags & { days: number; keep: number },
): Promise<void> {
  const question = `Delete sessions not used for ${countOf(days, "day")}, but the newest ${keep}?`;
  if (!flags.yes) await requireYes(question, "Cannot delete old sessions", app);
  tell(await openSessions(app).prune({ days, keep }), app, flags);
}

function tell(removed: string[], { stdout }: App, { json }: Flags): void {
  if (json) return stdout.write(`${toJson({ version: 1, removed }, 2)}\n`);
  stdout.write(
    removed.map((id) => `deleted ${sanitizeLine(id)}\n`).join("") || "nothing to delete\n",
  );
}
