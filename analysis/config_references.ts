/** More than anybody extends. */
const MAX_REFERENCES = 16;

/** What belongs to a configuration besides its own file. */
export interface ConfigReferences {
  /** Files that it names: by paths from its folder, or by the names of packages. */
  names: string[];
  /** Of a package's `exports`: under which conditions it is asked. */
  conditions: readonly string[];
  /** Whether what the named files name belongs to it too. */
  deep: boolean;
  /** Whether the next configuration of the same names further up is a part of it. */
  above: boolean;
}

/** How the configuration of some engine refers to more, by the name of one of its files. */
interface Kind {
  name: string;
  referencesOf?(text: string): Partial<ConfigReferences>;
  /** Files beside it: of each list the nearest, with all that belongs to that. */
  companions?: readonly (readonly string[])[];
}

const KINDS: readonly Kind[] = [
  { name: "biome.json", referencesOf: biomeReferences, companions: [["package.json"]] },
  {
    name: ".markdownlint.json",
    referencesOf: markdownReferences,
    companions: [[".markdownlint-cli2.jsonc", ".markdownlint-cli2.yaml"]],
  },
  { name: ".markdownlint-cli2.jsonc", referencesOf: markdownReferences },
  {
    name: ".clang-format",
    referencesOf: (text) => ({ above: /^\s*BasedOnStyle\s*:\s*["']?InheritParent/im.test(text) }),
    companions: [[".clang-format-ignore"]],
  },
  {
    name: ".editorconfig",
    referencesOf: (text) => ({ above: !/^\s*root\s*[=:]\s*true\s*$/im.test(text) }),
  },
];

/**
 * What a configuration file refers to. A rough look: the engine reads it, and says what is missing or
 * wrong.
 */
export function referencesOf(names: readonly string[], text: string): ConfigReferences {
  const said = kindOf(names)?.referencesOf?.(text);
  return { names: [], conditions: [], deep: false, above: false, ...said };
}

/** Lists of names of files that tell an engine more: the nearest of each list belongs to a configuration. */
export function companionsOf(names: readonly string[]): readonly (readonly string[])[] {
  return kindOf(names)?.companions ?? [];
}

function kindOf(names: readonly string[]): Kind | undefined {
  return KINDS.find(({ name }) => names.includes(name));
}

function biomeReferences(text: string): Partial<ConfigReferences> {
  const list = /"extends"\s*:\s*(\[[^\]]{0,4000}\]|"[^"\n]{0,400}")/.exec(text)?.[1] ?? "";
  const named = (list.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []).map(readString);
  const names = named.filter((name) => name !== "//").slice(0, MAX_REFERENCES);
  if (/"useEditorconfig"\s*:\s*true/.test(text)) names.push(".editorconfig");
  return { names, above: named.includes("//"), conditions: ["biome", "default"] };
}

/** In JSON or YAML. */
function markdownReferences(text: string): Partial<ConfigReferences> {
  const said = /(?:^|[\s{,])["']?extends["']?\s*:\s*("(?:[^"\\\n]|\\.){0,400}"|[^\n,}]{0,400})/
    .exec(text)?.[1]?.trim() ?? "";
  const name = said.startsWith('"') ? readString(said) : said.replace(/^'(.*)'$|\s+#.*$/, "$1");
  const conditions = ["node", "require", "default"];
  return { names: name === "" ? [] : [name], conditions, deep: true, above: true };
}

/** Tells paths from names of packages. */
export function isPath(name: string): boolean {
  return name !== "//" && (/^[./]/.test(name) || /\.(?:jsonc?|ya?ml)$/.test(name));
}

function readString(literal: string): string {
  try {
    return JSON.parse(literal);
  } catch {
    return "";
  }
}
