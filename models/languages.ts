/** What a language is also called, and what its fenced blocks are labelled with besides. */
interface LanguageNames {
  names: string[];
  labels?: string[];
}

const LANGUAGES = new Map<string, LanguageNames>(Object.entries({
  python: { names: ["py", "python3"], labels: ["py3", "python2", "ipython", "pycon"] },
  javascript: { names: ["js", "node"], labels: ["jsx", "mjs", "cjs", "es6"] },
  typescript: { names: ["ts"], labels: ["tsx", "mts"] },
  go: { names: ["golang"] },
  rust: { names: ["rs"] },
  csharp: { names: ["c#", "cs"] },
  cpp: { names: ["c++"], labels: ["cc", "cxx", "hpp"] },
  c: { names: [], labels: ["h"] },
  ruby: { names: ["rb"] },
  kotlin: { names: ["kt"], labels: ["kts"] },
  bash: { names: ["sh"], labels: ["shell", "zsh"] },
  sql: { names: [], labels: ["postgresql", "mysql", "sqlite"] },
  markdown: { names: ["md"] },
}));

const BY_NAME = new Map(
  [...LANGUAGES].flatMap(([language, { names }]) => names.map((name) => [name, language] as const)),
);

/** A language by the name that the engines and fenced blocks know: `py` and `Python` are `python`. */
export function languageNamed(name: string): string {
  const lower = name.trim().toLowerCase();
  return BY_NAME.get(lower) ?? lower;
}

/** What blocks of a language are labelled with, in small letters; its name comes first. */
export function labelsOf(language: string): string[] {
  const name = languageNamed(language);
  const { names = [], labels = [] } = LANGUAGES.get(name) ?? {};
  return [name, ...names, ...labels];
}
