import type { Env } from "../../config/folders.ts";
import { ToolError } from "../../config/tool_error.ts";

/** What the person always wants. */
export interface StatedPreferences {
  /** What was stated earlier, and in this message. */
  all: string[];
  /** Keeps what this message states; returns a line about each. */
  keep(): Promise<string[]>;
}

/**
 * Reads what holds already, and what a message says should hold from now on.
 *
 * @param message in the person's own words: nobody else may state preferences
 * @param options.save whether what it states may be kept
 */
export async function readPreferences(
  message: string,
  { env, save }: { env: Env; save: boolean },
): Promise<StatedPreferences> {
  const [{ openPreferences, preferencesPath }, { findPreferences }] = await Promise.all([
    import("../../store/preferences.ts"),
    import("../../agent/preferences/find_preferences.ts"),
  ]);
  const { list, has, add } = openPreferences(preferencesPath(env));
  const stated = findPreferences(message);
  return {
    all: [...list().map(({ text }) => text), ...stated.filter((text) => !has(text))],
    keep: async () => {
      const lines: string[] = [];
      for (const text of save ? stated : []) lines.push(...await keep(text, add));
      return lines;
    },
  };
}

async function keep(
  text: string,
  add: (text: string) => Promise<{ text: string } | undefined>,
): Promise<string[]> {
  try {
    const kept = await add(text);
    if (!kept) return [];
    const quoted = JSON.stringify(kept.text);
    return [`Remembered: ${quoted}; to forget it: devmcp preferences remove ${quoted}`];
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return [error.message];
  }
}
