import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { migrateSession, NewerVersionError } from "./migrate_session.ts";
import { parseSession } from "./parse_session.ts";
import type { Session } from "./session.ts";
import { CHANGING_TURNS, SessionBytes } from "./session_bytes.ts";

/** A session's file at most; some ten thousand turns. */
export const MAX_SESSION_BYTES = 64 * 1024 * 1024;

/** A session from the disk, and what is needed to write it again. */
export interface ReadSession {
  session: Session;
  bytes: SessionBytes;
}

/**
 * Reads a session. What the file says is not believed before it has been looked at.
 *
 * @param action for the message: "open"
 * @throws {ToolError}
 */
export async function readSession(path: string, id: string, action: string): Promise<ReadSession> {
  const cannot = `Cannot ${action} the session "${id}"`;
  const file = readSmallFile(path, { maxBytes: MAX_SESSION_BYTES, followLinks: false });
  if (!file) throw new ToolError(`${cannot}: it is gone`);
  const { sessionSchema } = await import("./session_schema.ts");
  try {
    const { value, settled } = parseSession(file.bytes);
    const session = sessionSchema.parse(migrateSession(value));
    const settledTurns = settled.length > 0 ? session.turns.slice(0, -CHANGING_TURNS) : [];
    // A file that was copied is what it is called.
    return { session: { ...session, id }, bytes: new SessionBytes(settledTurns, settled) };
  } catch (error) {
    throw unusable(cannot, id, error);
  }
}

function unusable(cannot: string, id: string, error: unknown): unknown {
  if (error instanceof NewerVersionError) {
    return new ToolError(`${cannot}: a newer devmcp has written it (${error.message})`, {
      hint: "update devmcp, or begin a new chat",
      cause: error,
    });
  }
  const problem = problemOf(error);
  if (!problem) return error;
  return new ToolError(`${cannot}: its file is broken (${problem})`, {
    hint: `"devmcp sessions delete ${id}" removes it`,
    cause: error,
  });
}

function problemOf(error: unknown): string | undefined {
  if (error instanceof SyntaxError || error instanceof RangeError) return "no JSON";
  const issues = (error as { issues?: { path: PropertyKey[] }[] } | null)?.issues;
  if (!issues) return undefined;
  // Names of fields are the file's own words.
  const path = (issues[0]?.path ?? []).map(String).filter((part) => /^\w{1,20}$/.test(part));
  return path.length > 0 ? `see ${path.join(".")}` : "no session";
}
