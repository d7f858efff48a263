import { isObject } from "../../config/is_object.ts";
import { ToolError } from "../../config/tool_error.ts";
import {
  DEFAULT_LINT_OPTIONS,
  DEFAULT_RULES,
  DEFAULT_TEST_IGNORES,
  TEST_FILES,
} from "../rules/default_rules.ts";
import type { FileRules, Options, RuffConfig } from "./ruff_config_file.ts";
import { covers, nearestSelectors, selectorProblem } from "../rules/selectors.ts";

export { parseRuffConfig, type RuffConfig } from "./ruff_config_file.ts";

/** How a file is linted and formatted: what Ruff's configuration says, or our defaults. */
export interface RuffSettings {
  /** What ruff.toml holds, with kebab-case keys, less the keys below; goes to the engine. */
  options: Options;
  /** Rules left out in files that match; `!` before a pattern turns it round. */
  perFileIgnores: FileRules[];
  /** Left out when found in a folder. Globs of names, or of paths beneath `root`. */
  exclude: string[];
  extendExclude: string[];
  /** Whether files that the user names are left out too. */
  forceExclude: boolean;
  /** The configuration file, for messages; null when these are our defaults. */
  source: string | null;
  /** Absolute folder where relative patterns start; null when nothing was configured. */
  root: string | null;
  /** Absolute folder where relative file names start. */
  cwd: string | null;
  /** Whether the project chose its rules itself (`lint.select`). */
  choosesRules: boolean;
}

/** What Ruff leaves out of folders when nothing else is configured. */
const DEFAULT_EXCLUDE =
  (".bzr .direnv .eggs .git .git-rewrite .hg .ipynb_checkpoints .mypy_cache " +
    ".nox .pants.d .pyenv .pytest_cache .pytype .ruff_cache .svn .tox .venv .vscode __pypackages__ " +
    "_build buck-out dist node_modules site-packages venv").split(" ");

export interface Origin {
  source: string | null;
  root: string | null;
  cwd: string | null;
  /** Oldest Python to support (`py310`), where the configuration itself does not say. */
  targetVersion?: string;
}

/**
 * The settings of a chain of configuration files, the most general first. Where none of them sets
 * `lint.select`, our default rules hold and their `ignore` and `extend-select` correct those.
 */
export function settingsFrom(
  configs: RuffConfig[],
  { source, root, cwd, targetVersion }: Origin,
): RuffSettings {
  const merged = configs.map(({ options }) => options).reduce(mergeOptions, {});
  const lint = (merged.lint ?? {}) as Options;
  const last = <T>(pick: (config: RuffConfig) => T | undefined) =>
    configs.map(pick).findLast((value) => value !== undefined);
  return {
    options: {
      ...(targetVersion ? { "target-version": targetVersion } : {}),
      ...merged,
      lint: lint.select ? lint : withDefaultRules(lint),
    },
    perFileIgnores: [
      ...(lint.select ? [] : TEST_FILES.map((pattern) => ({ pattern, rules: testIgnores(lint) }))),
      ...(last((config) => config.perFileIgnores) ?? []),
      ...configs.flatMap(({ extendPerFileIgnores }) => extendPerFileIgnores),
    ],
    exclude: last((config) => config.exclude) ?? DEFAULT_EXCLUDE,
    extendExclude: configs.flatMap(({ extendExclude }) => extendExclude),
    forceExclude: last((config) => config.forceExclude) ?? false,
    source,
    root,
    cwd,
    choosesRules: lint.select !== undefined,
  };
}

/** Later options win; lists called `extend-…` grow, and a new `select` forgets earlier choices. */
function mergeOptions(base: Options, over: Options): Options {
  const kept = Object.hasOwn(over, "select")
    ? omit(base, ["select", "ignore", "extend-select"])
    : base;
  const merged = new Map(Object.entries(kept));
  for (const [key, value] of Object.entries(over)) {
    const before = merged.get(key);
    const grows = (key.startsWith("extend-") || key === "ignore") && Array.isArray(before);
    if (isObject(before) && isObject(value)) merged.set(key, mergeOptions(before, value));
    else merged.set(key, grows ? before.concat(value) : value);
  }
  return Object.fromEntries(merged);
}

function omit(options: Options, keys: string[]): Options {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !keys.includes(key)));
}

/** Our rules less what the project ignores as a family: `ignore = ["B"]` also drops `B006`. */
function withDefaultRules(lint: Options): Options {
  const select = uncovered(DEFAULT_RULES, stringsIn(lint.ignore));
  return { ...mergeOptions(DEFAULT_LINT_OPTIONS, lint), select };
}

/** What a project asks for with `extend-select` it also wants in tests. */
function testIgnores(lint: Options): string[] {
  const wanted = stringsIn(lint["extend-select"]);
  return DEFAULT_TEST_IGNORES.filter((ignored) =>
    !wanted.some((selector) => covers(ignored, selector) || covers(selector, ignored))
  );
}

function uncovered(selectors: readonly string[], by: readonly string[]): string[] {
  return selectors.filter((selector) => !by.some((wide) => covers(wide, selector)));
}

function stringsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** The settings where nothing is configured. */
export const DEFAULT_SETTINGS: RuffSettings = settingsFrom([], {
  source: null,
  root: null,
  cwd: null,
});

export interface RuleChoice {
  /** Only these; what was configured is forgotten. */
  select?: string[];
  /** Not these. */
  ignore?: string[];
  /** These too. */
  extendSelect?: string[];
}

/**
 * Settings with other rules, as `--select`, `--ignore` and `--extend-select` say: codes, prefixes,
 * names of rules or `ALL`.
 *
 * @throws {ToolError} for an unknown rule; the hint names those most like it
 */
export function withRules(settings: RuffSettings, choice: RuleChoice): RuffSettings {
  const [select, ignore, extend] = [choice.select, choice.ignore, choice.extendSelect]
    .map((selectors) => selectors && cleanSelectors(selectors));
  if (!select?.length && !ignore?.length && !extend?.length) return settings;
  const lint = (settings.options.lint ?? {}) as Options;
  const base = select?.length ? omit(lint, ["ignore", "extend-select"]) : lint;
  const added = extend ?? [];
  const chosen: Options = {
    ...base,
    select: uncovered(select?.length ? select : stringsIn(base.select), ignore ?? []),
    "extend-select": [...uncovered(stringsIn(base["extend-select"]), ignore ?? []), ...added],
    ignore: [...uncovered(stringsIn(base.ignore), added), ...(ignore ?? [])],
  };
  const choosesRules = settings.choosesRules || Boolean(select?.length || ignore?.length);
  return { ...settings, choosesRules, options: { ...settings.options, lint: chosen } };
}

function cleanSelectors(selectors: string[]): string[] {
  return selectors.flatMap((text) => text.split(",")).map((text) => text.trim()).filter(Boolean)
    .map(checkSelector);
}

function checkSelector(selector: string): string {
  const problem = selectorProblem(selector);
  if (!problem) return selector;
  const nearest = nearestSelectors(selector);
  throw new ToolError(`Cannot use the rule ${JSON.stringify(selector)}: it ${problem}`, {
    hint: nearest.length > 0
      ? `did you mean ${nearest.join(", ")}?`
      : "give a rule such as F401, or a prefix such as F or E7",
  });
}

/** Settings with another line length, for the formatter and the rules that count columns. */
export function withLineLength(settings: RuffSettings, columns: number): RuffSettings {
  return { ...settings, options: { ...settings.options, "line-length": columns } };
}
