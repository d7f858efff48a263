import type { App } from "../cli/app.ts";
import { requireYes } from "../cli/ask.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { countOf } from "../cli/style.ts";
import { openPreferences, type Preferences, preferencesPath } from "../store/preferences.ts";

interface Flags {
  yes?: boolean;
  json?: boolean;
}

/** `devmcp preferences list` @throws {ToolError} when they cannot be read */
export function listPreferences(app: App, { json }: Flags): void {
  const { check, list } = open(app);
  check();
  const preferences = list();
  if (json) return writeJson(app, { preferences });
  if (preferences.length === 0) {
    return app.stderr.write('no preferences yet; say "always …" or "I prefer …" in a chat\n');
  }
  const digits = `${preferences.length}`.length;
  const lines = preferences.map(({ text }, i) =>
    `${`${i + 1}`.padStart(digits)}  ${sanitizeLine(text)}\n`
  );
  app.stdout.write(lines.join(""));
}

/** `devmcp preferences add` */
export async function addPreference(words: string[], app: App, { json }: Flags): Promise<void> {
  const added = await open(app).add(words.join(" "));
  if (json) return writeJson(app, { added: added?.text ?? null });
  app.stdout.write(added ? `added: ${sanitizeLine(added.text)}\n` : "it is there already\n");
}

/** `devmcp preferences remove` */
export async function removePreference(words: string[], app: App, { json }: Flags): Promise<void> {
  const { text } = await open(app).remove(words.join(" "));
  if (json) return writeJson(app, { removed: [text] });
  app.stdout.write(`removed: ${sanitizeLine(text)}\n`);
}

/** `devmcp preferences clear` */
export async function clearPreferences(app: App, { yes, json }: Flags): Promise<void> {
  const preferences = open(app);
  const texts = preferences.list().map(({ text }) => text);
  if (!yes && texts.length > 0) {
    const question = `Remove ${countOf(texts.length, "preference")}?`;
    await requireYes(question, "Cannot remove all preferences", app);
  }
  const count = await preferences.clear();
  if (json) return writeJson(app, { removed: texts });
  app.stdout.write(`removed ${countOf(count, "preference")}\n`);
}

function open({ env }: App): Preferences {
  return openPreferences(preferencesPath(env));
}

function writeJson({ stdout }: App, fields: Record<string, unknown>): void {
  stdout.write(`${toJson({ version: 1, ...fields }, 2)}\n`);
}
