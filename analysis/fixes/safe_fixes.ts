import type { Edit, Issue } from "../issue.ts";
import type { RuffSettings } from "../ruff/ruff_settings.ts";
import { covers } from "../rules/selectors.ts";
import type { StringLines } from "../ruff/string_lines.ts";

/**
 * Which fixes cannot change what a program does. Native Ruff marks each fix; the WebAssembly build
 * does not say. So we list the rules whose fixes Ruff always marks safe, or safe under a condition
 * that can be seen in the text; where we cannot be sure, a fix is not safe. oracles/ruff.ts checks
 * that Ruff agrees with every fix called safe here, on the whole standard library.
 */
export interface Safety {
  /** Whether Ruff itself, which knows the file's name, would offer a fix for this rule here. */
  offers(rule: string): boolean;
  isSafe(issue: Issue, edits: Edit[]): boolean;
}

/** What has to hold for a fix to be safe. */
type Condition =
  /** Nothing. */
  | "always"
  /** No comment on the lines it touches, since it could be lost. */
  | "uncommented"
  /** The same, and only ASCII: a name in another script may be normalised to another one. */
  | "ascii"
  /** It does not begin its line: it would become a docstring. */
  | "inside"
  /** No string follows: that would become a docstring. */
  | "not-before-string"
  /** The line does not end inside a string. */
  | "not-in-string"
  /** It lies in no f-string that prints its own source, such as `{a+b = }`. */
  | "not-quoted"
  /** About `list(sorted(…))`, not `reversed(sorted(…))`. */
  | "list-call"
  /** Python 3.10 or later is the oldest to support; and no comment. */
  | "modern";

const RULES_BY_CONDITION: Record<Condition, string> = {
  always: `
    B033 COM812 COM819 D201 D202 D204 D207 D208 D209 D210 D211 D212 D214 D300 D403 D405 D406 D407
    D410 D411 D412 D413 E301 E302 E303 E304 E305 E306 E401 E502 E703 E713 E714 F401 F632 F811 FURB167 I001 I002 ISC001 PIE800 PIE808 PLR0402 PLR2044 Q000 Q001
    Q002 Q003 Q004 RET502 RET505 RET506 RET507 RET508 RUF021 SIM114 SIM117 SIM208 SIM300 TD006
    UP003 UP005 UP009 UP011 UP012 UP015 UP019 UP021 UP024 UP025 UP026 UP032 UP034 W292 W391 W605`,
  uncommented: `
    B013 C420 FURB122 FURB129 FURB136 FURB157 FURB188 PIE804 PLC0207 PLC0208 PLC1802 PLR1711
    PLR1716 PLR1730 PLR5501 PLW0120 PT001 PT023 RET501 RUF010 RUF022 RUF051 RUF058 SIM905 SIM910
    SIM911 TC006 UP004 UP008 UP010 UP014 UP017 UP018 UP020 UP033 UP035 UP037 UP039 UP041`,
  ascii: "B009 B010",
  inside: "F541 ISC003",
  "not-before-string": "PIE790",
  "not-in-string": "W291 W293",
  "not-quoted": `
    E201 E202 E203 E204 E211 E221 E222 E223 E224 E225 E226 E227 E228 E231 E241 E242 E251 E252 E261
    E262 E265 E266 E271 E272 E273 E274 E275`,
  "list-call": "C413",
  modern: "UP006 UP007 UP045",
};

const CONDITIONS = new Map(
  Object.entries(RULES_BY_CONDITION).flatMap(([condition, rules]) =>
    rules.trim().split(/\s+/).map((rule) => [rule, condition as Condition] as const)
  ),
);

/** The rules that have any safe fix. */
export function rulesWithSafeFixes(): string[] {
  return [...CONDITIONS.keys()];
}

/** @param stringLines Where strings are; asked for only when needed. */
export function createSafety(
  text: string,
  { options }: RuffSettings,
  fileName: string | undefined,
  stringLines: () => StringLines,
): Safety {
  const lint = (options.lint ?? {}) as Record<string, unknown>;
  const isInit = fileName !== undefined && /(^|[/\\])__init__\.py$/.test(fileName);
  let lines: string[] | undefined;
  let strings: StringLines | undefined;
  const source: SourceLines = {
    lines: () => lines ??= text.split(/\r\n|\r|\n/),
    strings: () => strings ??= stringLines(),
  };
  return {
    // Its imports may be what the package offers; Ruff only warns.
    offers: (rule) => !(isInit && rule === "F401"),
    isSafe: (issue, edits) => {
      if (chosen(lint["extend-unsafe-fixes"], issue.rule)) return false;
      if (chosen(lint["extend-safe-fixes"], issue.rule)) return true;
      const condition = CONDITIONS.get(issue.rule);
      return condition === "always" ||
        condition !== undefined && holds(condition, issue, edits, source, options);
    },
  };
}

interface SourceLines {
  lines(): string[];
  strings(): StringLines;
}

function chosen(selectors: unknown, rule: string): boolean {
  return Array.isArray(selectors) && selectors.some((selector) => covers(String(selector), rule));
}

function holds(
  condition: Exclude<Condition, "always">,
  issue: Issue,
  edits: Edit[],
  source: SourceLines,
  options: Record<string, unknown>,
): boolean {
  switch (condition) {
    case "uncommented":
      return !touched(issue, edits, source).includes("#");
    case "ascii":
      return /^[\t\n\x20\x21\x22\x24-\x7e]*$/.test(touched(issue, edits, source));
    case "inside":
      return /\S/.test(source.lines()[issue.line - 1]!.slice(0, issue.column - 1));
    case "not-before-string":
      return !beforeString(issue, source);
    case "not-in-string":
      return !source.strings().ending.has(issue.line);
    case "not-quoted":
      return !source.strings().quoting.has(issue.line);
    case "list-call":
      return issue.message.includes("`list()`");
    case "modern":
      return isModern(options) && !touched(issue, edits, source).includes("#");
  }
}

/** All lines from the first to the last that the issue or its edits lie on. */
function touched(issue: Issue, edits: Edit[], source: SourceLines): string {
  let first = issue.line, last = issue.end.line;
  for (const { start, end } of edits) {
    first = Math.min(first, start.line);
    last = Math.max(last, end.line);
  }
  return source.lines().slice(first - 1, last).join("\n");
}

/** How many lines after a statement are looked at for what follows it. */
const LOOK_AHEAD = 20;

/** Whether a string or, to be careful, a comment is the next thing after an issue. */
function beforeString({ end }: Issue, source: SourceLines): boolean {
  const [first = "", ...rest] = source.lines().slice(end.line - 1, end.line + LOOK_AHEAD);
  const after = [first.slice(end.column - 1), ...rest].join("\n").trimStart();
  return /^(?:[a-z]{0,2}["']|[#;\\])/i.test(after);
}

/** Ruff supports Python 3.10 and later where nothing is configured. */
function isModern(options: Record<string, unknown>): boolean {
  const target = String(options["target-version"] ?? "py310");
  return !["py37", "py38", "py39"].includes(target);
}
