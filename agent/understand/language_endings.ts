/** How files of a language end; new ones as the first says. */
const ENDINGS: Record<string, string[]> = {
  python: ["py", "pyi"],
  javascript: ["js", "mjs", "jsx"],
  typescript: ["ts", "tsx"],
  go: ["go"],
  rust: ["rs"],
  java: ["java"],
  kotlin: ["kt"],
  csharp: ["cs"],
  cpp: ["cpp", "cc"],
  c: ["c"],
  ruby: ["rb"],
  php: ["php"],
  bash: ["sh"],
  sql: ["sql"],
  swift: ["swift"],
};

const LANGUAGES = new Map(
  Object.entries(ENDINGS).flatMap(([language, endings]) =>
    endings.map((ending) => [ending, language] as const)
  ),
);

/** The language of a file, by its ending. */
export function languageOfPath(path: string): string | undefined {
  const ending = /\.([A-Za-z0-9]+)$/.exec(path)?.[1];
  return ending && LANGUAGES.get(ending.toLowerCase());
}

/** What the name of a new file of a language ends with; `txt` for one that is not known. */
export function endingFor(language: string): string {
  return Object.hasOwn(ENDINGS, language) ? ENDINGS[language]![0]! : "txt";
}
