import { isObject } from "../config/is_object.ts";
import { newSession } from "./new_session.ts";
import { newTurn } from "./new_turn.ts";
import { SESSION_VERSION, type Turn } from "./session.ts";
import { titleOf } from "./session_title.ts";

type Data = Record<string, unknown>;

/** What makes a file of a version one of the next; the place in the list is the version. */
const MIGRATIONS: ((before: Data) => Data)[] = [fromMessages];

/** A session was written by a newer devmcp than this one. */
export class NewerVersionError extends Error {
  override name = "NewerVersionError";
}

/**
 * A session's data as this version has it, not validated yet.
 *
 * @throws {NewerVersionError}
 */
export function migrateSession(value: unknown): unknown {
  if (!isObject(value)) return value;
  const version = value.version ?? 0;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 0) return value;
  if (version > SESSION_VERSION) throw new NewerVersionError(`version ${version}`);
  return MIGRATIONS.slice(version).reduce((data, migrate) => migrate(data), value);
}

/** Version 0, of the earlier system: `{ id, messages: [{ role, content }], created_at }`. */
function fromMessages(before: Data): Data {
  const messages = Array.isArray(before.messages) ? before.messages.filter(isObject) : [];
  const created = timeOf(before.created_at) ?? new Date(0).toISOString();
  const turns = turnsOf(messages, created);
  return {
    ...newSession(textOf(before.folder), ""),
    id: textOf(before.id),
    title: textOf(before.title) || titleOf(turns[0]?.input ?? ""),
    created,
    updated: timeOf(before.updated_at) ?? created,
    turns,
  };
}

/** A message of the user begins a turn; what the assistant says until the next one is its answer. */
function turnsOf(messages: Data[], at: string): Turn[] {
  const turns: Turn[] = [];
  for (const { role, content } of messages) {
    const text = textOf(content);
    const last = turns.at(-1);
    if (role === "user") turns.push(newTurn(turns.length + 1, text, at));
    else if (role === "assistant" && last) {
      last.answer = last.answer ? `${last.answer}\n\n${text}` : text;
    }
  }
  return turns;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** ISO 8601, or seconds since 1970. */
function timeOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const time = new Date(typeof value === "number" ? value * 1000 : value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
