import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { findWords, mayHold, wordsOf } from "./find_words.ts";
import { MAX_SESSION_BYTES, readSession } from "./read_session.ts";
import { pathsOf } from "./session_files.ts";
import type { SessionInfo } from "./session_store.ts";

/** Those of the sessions that hold all words, with the line that does. A broken one holds none. */
export async function searchSessions(
  folder: string,
  sessions: SessionInfo[],
  text: string,
): Promise<(SessionInfo & { excerpt: string })[]> {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const found: (SessionInfo & { excerpt: string })[] = [];
  for (const info of sessions) {
    const excerpt = await searchFile(pathsOf(folder, info.id).file, info.id, words);
    if (excerpt !== undefined) found.push({ ...info, excerpt });
  }
  return found;
}

async function searchFile(
  path: string,
  id: string,
  words: string[],
): Promise<string | undefined> {
  try {
    const file = readSmallFile(path, { maxBytes: MAX_SESSION_BYTES, followLinks: false });
    if (!file || !mayHold(new TextDecoder().decode(file.bytes), words)) return undefined;
    return findWords((await readSession(path, id, "search")).session, words);
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
