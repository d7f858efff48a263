import { ToolError } from "../../config/tool_error.ts";
import type { OpenSession, SessionStore } from "../../sessions/session_store.ts";
import type { ChatFlags } from "./chat_flags.ts";

/**
 * The session that the flags name, else a new one.
 *
 * @param folder absolute
 * @throws {ToolError} when it is not there, open in another chat, or about another folder
 */
export async function openSession(
  flags: ChatFlags,
  store: SessionStore,
  folder: string,
): Promise<OpenSession> {
  const session = await openNamed(flags, store, folder);
  if (flags.fork !== undefined) await session.change((data) => void (data.folder = folder));
  refuseOtherFolder(session, folder);
  if (flags.model !== undefined) await session.change((data) => void (data.model = flags.model!));
  return session;
}

async function openNamed(
  { continue: isLatest, resume, fork, session, model }: ChatFlags,
  store: SessionStore,
  folder: string,
): Promise<OpenSession> {
  if (resume !== undefined) return await store.open(resume);
  if (fork !== undefined) return await store.fork(fork);
  if (session !== undefined) return await openOrCreate(session, store, folder);
  if (!isLatest) return store.create({ folder, model });
  const id = await store.latest(folder);
  if (id === undefined) {
    throw new ToolError("Cannot continue: this folder has no session yet", {
      hint: "devmcp chat begins one; devmcp sessions list shows those of other folders",
    });
  }
  return await store.open(id);
}

/** A script's name for a session is its title. */
async function openOrCreate(
  name: string,
  store: SessionStore,
  folder: string,
): Promise<OpenSession> {
  const found = (await store.list(folder)).find(({ title, id }) => title === name || id === name);
  if (found) return await store.open(found.id);
  const session = store.create({ folder });
  await session.change((data) => void (data.title = name));
  return session;
}

/** @throws {ToolError} when a session is about another folder than the chat */
export function refuseOtherFolder(session: OpenSession, folder: string): void {
  const { id, folder: other } = session.data;
  if (other === folder) return;
  session.close();
  throw new ToolError(`Cannot go on with "${id}": it is about ${JSON.stringify(other)}`, {
    hint: `run devmcp there, or "devmcp chat --fork ${id}" to go on here with a copy`,
  });
}
