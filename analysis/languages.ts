/** The languages devmcp knows, and by which names, endings and interpreters their files are told. */

export interface Language {
  /** As a person writes it. */
  title: string;
  /** Endings of file names, with their dot, lower case. */
  extensions: readonly string[];
  /** Whole names of files that have no telling ending. */
  names?: readonly string[];
  /** Programs that a first line `#!…` names, without a version. */
  interpreters?: readonly string[];
}

export const LANGUAGES = {
  python: {
    title: "Python",
    extensions: [".py", ".pyw"],
    names: ["SConstruct", "SConscript", "wscript"],
    interpreters: ["python", "pypy"],
  },
  stub: { title: "Python stub", extensions: [".pyi"] },
  notebook: { title: "Jupyter notebook", extensions: [".ipynb"] },
  javascript: {
    title: "JavaScript",
    extensions: [".js", ".mjs", ".cjs", ".jsx"],
    interpreters: ["node", "bun"],
  },
  typescript: {
    title: "TypeScript",
    extensions: [".ts", ".mts", ".cts"],
    interpreters: ["deno", "ts-node", "tsx"],
  },
  tsx: { title: "TSX", extensions: [".tsx"] },
  json: { title: "JSON", extensions: [".json", ".webmanifest", ".geojson"] },
  jsonc: { title: "JSON with comments", extensions: [".jsonc", ".code-workspace"] },
  css: { title: "CSS", extensions: [".css"] },
  go: { title: "Go", extensions: [".go"] },
  rust: { title: "Rust", extensions: [".rs"] },
  java: { title: "Java", extensions: [".java"] },
  c: { title: "C", extensions: [".c", ".h"] },
  cpp: {
    title: "C++",
    extensions: [".cc", ".cpp", ".cxx", ".c++", ".hh", ".hpp", ".hxx", ".h++", ".ipp", ".inl"],
  },
  csharp: { title: "C#", extensions: [".cs", ".csx"] },
  ruby: {
    title: "Ruby",
    extensions: [".rb", ".rake", ".gemspec"],
    names: ["Rakefile", "Gemfile", "Vagrantfile", "Podfile"],
    interpreters: ["ruby"],
  },
  php: { title: "PHP", extensions: [".php", ".phtml"], interpreters: ["php"] },
  shell: {
    title: "Shell",
    extensions: [".sh", ".bash", ".ksh", ".bats"],
    names: [".bashrc", ".bash_profile", ".bash_aliases", ".profile"],
    interpreters: ["sh", "bash", "dash", "ash", "ksh", "mksh", "bats"],
  },
  kotlin: { title: "Kotlin", extensions: [".kt", ".kts"] },
  markdown: { title: "Markdown", extensions: [".md", ".markdown"] },
  sql: { title: "SQL", extensions: [".sql"] },
  yaml: { title: "YAML", extensions: [".yaml", ".yml"], names: [".clang-format", ".clang-tidy"] },
  toml: { title: "TOML", extensions: [".toml"], names: ["Pipfile", "poetry.lock", "Cargo.lock"] },
} as const satisfies Record<string, Language>;

export type LanguageId = keyof typeof LANGUAGES;
export const LANGUAGE_IDS = Object.keys(LANGUAGES) as LanguageId[];

const BY_EXTENSION = indexOf(({ extensions }) => extensions);
const BY_NAME = indexOf(({ names = [] }) => names);
const BY_INTERPRETER = indexOf(({ interpreters = [] }) => interpreters);

function indexOf(keys: (language: Language) => readonly string[]): Map<string, LanguageId> {
  return new Map(
    LANGUAGE_IDS.flatMap((id) => keys(LANGUAGES[id]).map((key) => [key, id] as const)),
  );
}

/** Whether a file's text is Python as it stands: its first lines may name its encoding. */
export function isPythonText(language: LanguageId): boolean {
  return language === "python" || language === "stub";
}

/** The language that a file's name tells; a path's folders say nothing. */
export function languageOfName(path: string): LanguageId | undefined {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  return BY_NAME.get(name) ??
    (dot > 0 ? BY_EXTENSION.get(name.slice(dot).toLowerCase()) : undefined);
}

/** Whether the first line may tell more than the name does: it has no ending. */
export function mayHaveShebang(path: string): boolean {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return !name.slice(1).includes(".");
}

/**
 * The language that a first line names: `#!/usr/bin/env -S python3.12 -u`.
 *
 * @param start the beginning of the file's text
 */
export function languageOfShebang(start: string): LanguageId | undefined {
  const line = /^\uFEFF?#!([^\r\n]*)/.exec(start)?.[1];
  const words = line?.trim().split(/\s+/) ?? [];
  const program = words.map((word) => word.slice(word.lastIndexOf("/") + 1))
    .find((word) => word !== "env" && !word.startsWith("-") && !word.includes("="));
  return program ? BY_INTERPRETER.get(program.replace(/[\d.]+$/, "")) : undefined;
}

/** The language of a file: by its name, then by its first line. */
export function languageOf(path: string, start = ""): LanguageId | undefined {
  return languageOfName(path) ?? (mayHaveShebang(path) ? languageOfShebang(start) : undefined);
}
