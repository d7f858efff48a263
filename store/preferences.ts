import { join } from "node:path";
import * as z from "zod";
import { type Env, userFolders } from "../config/folders.ts";
import { oneLine } from "../config/one_line.ts";
import { ToolError } from "../config/tool_error.ts";
import { openStateFile } from "./state_file.ts";

/** What the person has said should always hold. */
export interface Preference {
  /** One line. */
  text: string;
  /** When it was said: ISO 8601, UTC. */
  added: string;
}

export interface Preferences {
  /** Oldest first. */
  list(): Preference[];
  /** Whether one says the same, in whatever case and punctuation. */
  has(text: string): boolean;
  /** @throws {ToolError} when there are some, and they cannot be read */
  check(): void;
  /**
   * Keeps a preference; what says the same or the opposite goes.
   *
   * @returns it as it is kept; undefined when it is there already
   * @throws {ToolError} when there are too many, or nothing is said
   */
  add(text: string): Promise<Preference | undefined>;
  /** @param which its place in the list, from 1, or its text @throws {ToolError} when there is none */
  remove(which: string): Promise<Preference>;
  /** @returns how many there were */
  clear(): Promise<number>;
}

const MAX_PREFERENCES = 100;
const MAX_CHARACTERS = 300;

const schema = z.object({
  version: z.literal(1),
  preferences: z.array(z.object({ text: z.string().max(MAX_CHARACTERS), added: z.string() }))
    .max(MAX_PREFERENCES),
});

/** Where the user's preferences are kept. */
export function preferencesPath(env: Env): string {
  return join(userFolders(env).state, "preferences.json");
}

/** Opens the preferences of a file, which several processes may share. */
export function openPreferences(path: string): Preferences {
  const file = openStateFile({ path, schema, empty: { version: 1 as const, preferences: [] } });
  const change = async (change: (before: Preference[]) => Preference[]) => {
    const update = (before: z.infer<typeof schema>) => ({
      ...before,
      preferences: change(before.preferences),
    });
    return (await file.update(update)).preferences;
  };
  const has = (text: string) => {
    const line = oneLine(text, MAX_CHARACTERS);
    return file.read().preferences.some((one) => isSame(one.text, line));
  };
  return {
    list: () => file.read().preferences,
    has,
    check: file.check,
    async add(given) {
      const text = oneLine(given, MAX_CHARACTERS);
      if (text === "") throw new ToolError('Cannot keep the preference "": it says nothing');
      if (has(text)) return undefined;
      const added = { text, added: new Date().toISOString() };
      await change((before) => withAdded(before, added));
      return added;
    },
    async remove(which) {
      const found = find(file.read().preferences, which);
      await change((before) => before.filter(({ text }) => text !== found.text));
      return found;
    },
    async clear() {
      const { length } = file.read().preferences;
      await change(() => []);
      return length;
    },
  };
}

function withAdded(before: Preference[], added: Preference): Preference[] {
  const others = before.filter(({ text }) => subjectOf(text) !== subjectOf(added.text));
  if (others.length < MAX_PREFERENCES) return [...others, added];
  throw new ToolError(`Cannot keep the preference "${added.text}": there are ${others.length}`, {
    hint: '"devmcp preferences list" shows them, "devmcp preferences remove 1" removes one',
  });
}

function isSame(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[\s.!,;:]+/g, " ").trim();
}

/** What it is about: "always use print" and "never use print" are about the same. */
function subjectOf(text: string): string {
  return plain(text).replace(/^(?:i |we )?(?:always|never|don['’]t ever|do not ever) /, "");
}

function find(preferences: Preference[], which: string): Preference {
  const found = preferences.find(({ text }) => isSame(text, which)) ??
    (/^\d{1,3}$/.test(which) ? preferences[Number(which) - 1] : undefined);
  if (found) return found;
  throw new ToolError(`Cannot remove the preference ${JSON.stringify(which)}: there is none`, {
    hint: '"devmcp preferences list" shows them with their numbers',
  });
}
