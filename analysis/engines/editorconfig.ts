import type { EngineConfig } from "../engine.ts";
import { pathBeneath } from "../text/file_patterns.ts";
import { compileGlob } from "../text/glob.ts";

/** Sections of one file at most. */
const MAX_SECTIONS = 1000;

/**
 * What an `.editorconfig` and those further up say of a file: of all sections that match it, the last
 * word for each key, both in lower case, the nearest file last. What is no section, pair or comment is
 * skipped, as everywhere.
 *
 * @param languages sections such as `[[shell]]` that hold too, which shfmt knows
 */
export function readEditorconfig(
  config: EngineConfig,
  path: string,
  languages: readonly string[] = [],
): Map<string, string> {
  const above = config.above ? readEditorconfig(config.above, path, languages) : [];
  const said = new Map([...above, ...readOne(config, path, languages)]);
  return new Map([...said].filter(([, value]) => value !== "unset"));
}

function readOne(
  { text, root, cwd }: EngineConfig,
  path: string,
  languages: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>();
  const file = pathBeneath({ root: root ?? null, cwd: cwd ?? null }, path);
  let holds = false, sections = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const section = /^\s*\[(.+)\]\s*(?:[#;].*)?$/.exec(line)?.[1];
    if (section !== undefined) {
      holds = ++sections <= MAX_SECTIONS && matches(section, file, languages);
    } else if (holds) {
      const [, key, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ??
        [];
      if (key !== undefined) found.set(key.toLowerCase(), value!.toLowerCase());
    }
  }
  return found;
}

/** A pattern without a slash is that of a name; `*` stays within a folder. */
function matches(section: string, file: string, languages: readonly string[]): boolean {
  const language = /^\[(\w+)\]$/.exec(section)?.[1];
  if (language !== undefined) return languages.includes(language.toLowerCase());
  if (!section.includes("/")) return compileGlob(section).matches(nameOf(file));
  const pattern = section.replace(/^\//, "");
  const isFlat = !pattern.includes("**") && !/\{[^}]*\//.test(pattern);
  return compileGlob(pattern).matches(file) &&
    (!isFlat || pattern.split("/").length === file.split("/").length);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
