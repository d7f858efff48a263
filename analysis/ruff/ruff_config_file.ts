import { parse, TomlError } from "smol-toml";
import { isObject } from "../../config/is_object.ts";
import { ToolError } from "../../config/tool_error.ts";
import { nearestWords } from "../../config/nearest.ts";
import { nearestSelectors, selectorProblem } from "../rules/selectors.ts";

export type Options = Record<string, unknown>;

/** Rules for the files that match a pattern. */
export interface FileRules {
  pattern: string;
  rules: string[];
}

/** One configuration file, not yet merged with those it extends. */
export interface RuffConfig {
  /** Another configuration file that this one builds on, as it is written. */
  extend?: string;
  options: Options;
  perFileIgnores?: FileRules[];
  extendPerFileIgnores: FileRules[];
  exclude?: string[];
  extendExclude: string[];
  forceExclude?: boolean;
  /** Folders that hold first-party modules, relative to the file. */
  src?: string[];
}

/** Keys of the engine, handed on as they are. */
const ENGINE_KEYS = ["builtins", "format", "indent-width", "line-length", "lint", "preview"]
  .concat("target-version");
/** Keys that are read here. */
const OWN_KEYS = ["exclude", "extend", "extend-exclude", "force-exclude", "src"];
/**
 * Keys that mean nothing here: how native Ruff runs, which version of it, which files are Python.
 * `per-file-target-version` and `namespace-packages` are not supported.
 */
const IGNORED_KEYS = ["analyze", "cache-dir", "extend-include", "extension", "fix", "fix-only"]
  .concat("include", "namespace-packages", "output-format", "output-prefer-rule-codes")
  .concat("per-file-target-version", "required-version", "respect-gitignore", "show-fixes")
  .concat("unsafe-fixes");
/** Keys of the `lint` table that older configurations have outside of it. */
const LINT_KEYS = ["allowed-confusables", "dummy-variable-rgx", "explicit-preview-rules"]
  .concat("extend-fixable", "extend-ignore", "extend-per-file-ignores", "extend-safe-fixes")
  .concat("extend-select", "extend-unfixable", "extend-unsafe-fixes", "external", "fixable")
  .concat("ignore", "ignore-init-module-imports", "isort", "logger-objects", "mccabe")
  .concat("pep8-naming", "per-file-ignores", "pycodestyle", "pydocstyle", "pyflakes", "pylint")
  .concat("pyupgrade", "select", "task-tags", "typing-modules", "unfixable")
  .concat(
    "annotations bandit boolean-trap bugbear builtins comprehensions copyright errmsg gettext",
    "implicit-str-concat import-conventions pytest-style quotes self tidy-imports type-checking",
    "unused-arguments",
  ).flatMap((names) => names.includes(" ") ? names.split(" ").map((n) => `flake8-${n}`) : [names]);
const SELECTOR_KEYS = ["select", "ignore", "extend-select", "extend-ignore", "fixable"]
  .concat("extend-fixable", "unfixable", "extend-safe-fixes", "extend-unsafe-fixes");
const VERSIONS = [7, 8, 9, 10, 11, 12, 13, 14, 15].map((minor) => `py3${minor}`);

/**
 * Reads Ruff's part of a configuration file; null for a pyproject.toml that has none.
 *
 * @throws {ToolError} naming file and line, for malformed TOML, unknown keys and wrong values
 */
export function parseRuffConfig(toml: string, fileName: string): RuffConfig | null {
  const document = parseToml(toml, fileName);
  const inProject = /(^|[/\\])pyproject\.toml$/.test(fileName);
  const table = inProject ? tableAt(document, "tool", "ruff") : document;
  if (!table) return null;
  return readConfig(table, new Reader(toml, fileName));
}

/**
 * The oldest Python that a pyproject.toml's `requires-python` admits, as Ruff's `target-version`;
 * undefined where it does not say or cannot be read.
 */
export function requiredPython(toml: string): string | undefined {
  try {
    const required = tableAt(parse(toml), "project")?.["requires-python"];
    if (typeof required !== "string") return undefined;
    const minor = /(?:>=|==|~=|>)\s*3\.(\d{1,2})/.exec(required)?.[1];
    return minor && VERSIONS.includes(`py3${minor}`) ? `py3${minor}` : undefined;
  } catch {
    return undefined; // malformed: told when its [tool.ruff] is read
  }
}

function parseToml(toml: string, fileName: string): Options {
  try {
    return parse(toml);
  } catch (cause) {
    if (!(cause instanceof TomlError)) throw cause;
    const reason = cause.message.split("\n")[0]!.replace(/^Invalid TOML document: /, "");
    throw new ToolError(`Cannot read ${JSON.stringify(fileName)}: line ${cause.line}: ${reason}`, {
      hint: "correct the TOML",
      cause,
    });
  }
}

function tableAt(value: unknown, ...keys: string[]): Options | undefined {
  for (const key of keys) value = isTable(value) ? value[key] : undefined;
  return isTable(value) ? value : undefined;
}

function isTable(value: unknown): value is Options {
  return isObject(value) && !(value instanceof Date);
}

function readConfig(table: Options, reader: Reader): RuffConfig {
  reader.checkKeys(table, [...ENGINE_KEYS, ...OWN_KEYS, ...IGNORED_KEYS, ...LINT_KEYS]);
  const lint: Options = {
    ...pick(table, LINT_KEYS),
    ...reader.table(table, "lint"),
  };
  for (const key of SELECTOR_KEYS) reader.selectors(lint, key);
  reader.integer(table, "line-length");
  reader.integer(table, "indent-width");
  reader.oneOf(table, "target-version", VERSIONS);
  const ignore = [...reader.strings(lint, "ignore") ?? []]
    .concat(reader.strings(lint, "extend-ignore") ?? []);
  const { "per-file-ignores": _, "extend-per-file-ignores": __, "extend-ignore": ___, ...rest } =
    lint;
  return {
    extend: reader.string(table, "extend"),
    options: {
      ...pick(table, ENGINE_KEYS),
      lint: ignore.length > 0 ? { ...rest, ignore } : rest,
    },
    perFileIgnores: reader.fileRules(lint, "per-file-ignores"),
    extendPerFileIgnores: reader.fileRules(lint, "extend-per-file-ignores") ?? [],
    exclude: reader.strings(table, "exclude"),
    extendExclude: reader.strings(table, "extend-exclude") ?? [],
    forceExclude: reader.boolean(table, "force-exclude"),
    src: reader.strings(table, "src"),
  };
}

function pick(table: Options, keys: string[]): Options {
  return Object.fromEntries(Object.entries(table).filter(([key]) => keys.includes(key)));
}

/** Reads single values; what is not of its type is told with the line it stands on. */
class Reader {
  readonly #lines: string[];
  readonly #fileName: string;

  constructor(toml: string, fileName: string) {
    this.#lines = toml.split(/\r?\n/);
    this.#fileName = fileName;
  }

  checkKeys(table: Options, known: string[]): void {
    const unknown = Object.keys(table).find((key) => !known.includes(key));
    if (unknown === undefined) return;
    const nearest = nearestWords(unknown, known);
    throw this.#error(unknown, "is not an option of Ruff", {
      hint: nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "remove it",
    });
  }

  table(from: Options, key: string): Options {
    return this.#value(from, key, isTable, "a table") ?? {};
  }

  string(from: Options, key: string): string | undefined {
    return this.#value(from, key, (v) => typeof v === "string", "a string");
  }

  boolean(from: Options, key: string): boolean | undefined {
    return this.#value(from, key, (v) => typeof v === "boolean", "true or false");
  }

  integer(from: Options, key: string): number | undefined {
    return this.#value(from, key, (v) => Number.isInteger(v) && Number(v) > 0, "a whole number");
  }

  oneOf(from: Options, key: string, values: string[]): string | undefined {
    const expected = `one of ${values.join(", ")}`;
    return this.#value(from, key, (v) => values.includes(String(v)), expected);
  }

  strings(from: Options, key: string): string[] | undefined {
    const fits = (v: unknown) => Array.isArray(v) && v.every((item) => typeof item === "string");
    return this.#value(from, key, fits, "a list of strings");
  }

  selectors(from: Options, key: string): void {
    for (const selector of this.strings(from, key) ?? []) this.#checkSelector(selector, key);
  }

  fileRules(from: Options, key: string): FileRules[] | undefined {
    const table = this.#value(from, key, isTable, "a table of patterns") as Options | undefined;
    return table && Object.keys(table).map((pattern) => {
      this.selectors(table, pattern);
      return { pattern, rules: this.strings(table, pattern)! };
    });
  }

  /** Preview mode also takes names of rules; the engine says when they are not allowed. */
  #checkSelector(selector: string, key: string): void {
    const problem = selectorProblem(selector);
    if (!problem || /^[a-z]+(-[a-z0-9]+)+$/.test(selector)) return;
    const nearest = nearestSelectors(selector);
    throw this.#error(selector, `in ${JSON.stringify(key)} ${problem}`, {
      hint: nearest.length > 0 ? `did you mean ${nearest.join(", ")}?` : "remove it",
    });
  }

  #value<T>(
    from: Options,
    key: string,
    fits: (value: unknown) => boolean,
    expected: string,
  ): T | undefined {
    const value = from[key];
    if (value === undefined) return undefined;
    if (fits(value)) return value as T;
    throw this.#error(key, `must be ${expected}`, { hint: "correct the value" });
  }

  #error(word: string, state: string, options: { hint: string }): ToolError {
    const at = this.#lines.findIndex((line) => wordIn(line, word)) + 1;
    const where = at > 0 ? `line ${at}: ` : "";
    const quoted = JSON.stringify(word);
    return new ToolError(
      `Cannot use ${JSON.stringify(this.#fileName)}: ${where}${quoted} ${state}`,
      options,
    );
  }
}

/** Whether a word stands alone in a line that is no comment. */
function wordIn(line: string, word: string): boolean {
  if (line.trimStart().startsWith("#")) return false;
  const at = line.indexOf(word);
  return at >= 0 && !/[\w-]/.test(line[at - 1] ?? " ") &&
    !/[\w-]/.test(line[at + word.length] ?? " ");
}
