/** More than anybody extends. */
const MAX_REFERENCES = 16;

/** What belongs to a configuration besides its own file. */
export interface ConfigReferences {
  /** Files that it names, relative to its folder. */
  files: string[];
  /** Whether the next configuration of the same names further up is a part of it. */
  above: boolean;
}

/**
 * What a configuration file refers to; only Biome's do. A rough look: the engine reads it, and says
 * what is missing or wrong.
 */
export function referencesOf({ names, text }: { names: readonly string[]; text: string }) {
  const references: ConfigReferences = { files: [], above: false };
  if (!names.includes("biome.json")) return references;
  const list = /"extends"\s*:\s*(\[[^\]]{0,4000}\]|"[^"\n]{0,400}")/.exec(text)?.[1] ?? "";
  const named = (list.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).map(readString);
  references.files = named.filter((name) => isPath(name)).slice(0, MAX_REFERENCES);
  references.above = named.includes("//");
  if (/"useEditorconfig"\s*:\s*true/.test(text)) references.files.push(".editorconfig");
  return references;
}

/** Files that tell an engine something of a project: the nearest of each. */
export function projectFilesFor(names: readonly string[]): readonly string[] {
  return names.includes("biome.json") ? ["package.json"] : [];
}

/** As Biome tells paths from names of packages. */
export function isPath(name: string): boolean {
  return name !== "//" && (/^\.|^\//.test(name) || /\.jsonc?$/.test(name));
}

function readString(literal: string): string {
  try {
    return JSON.parse(literal);
  } catch {
    return "";
  }
}
