import type { FixInfo, LintError } from "markdownlint";
import { lint as lintMarkdown } from "markdownlint/sync";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { EngineConfig, Linter } from "../engine.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Edit, Fix, Issue } from "../issue.ts";
import { categoryOfMarkdown, isSafeMarkdownFix, severityOfMarkdown } from "./markdown_rules.ts";
import { parseInlineSettings } from "./markdown_config.ts";
import { type MarkdownSettings, readMarkdownSettings } from "./markdown_settings.ts";
import { turnOnMarkdown } from "./markdown_turn_on.ts";

/** markdownlint: finds what is wrong in Markdown, by its own rules and `.markdownlint.*`. */
export function createMarkdownlint(about: { name: string; version: string }): Linter {
  return {
    ...about,
    lint: ({ path, text }, { config, turnOn = [] }) => {
      const said = readMarkdownSettings(config);
      const settings = { ...said, rules: turnOnMarkdown(said.rules, turnOn) };
      return settings.isIgnored(path) ? [] : lint(text.replace(/^\ufeff/, ""), settings, config);
    },
  };
}

/** What takes the parser time that grows with its square or cube, and how much of it takes seconds. */
const COSTLY: [pattern: RegExp, most: number, what: string][] = [
  [/^[ \t>]*:::/gm, 300, "directives"],
  [/<!--/g, 3000, "comments"],
  [/\[/g, 20_000, "brackets"],
  [/[*_]/g, 60_000, "asterisks and underscores"],
  [/^(?:[ \t]*>){300}/gm, 0, "quotes in quotes"],
  [/^ {0,3}=+[ \t]*$/gm, 5000, "underlined headings"],
];
/** The same in one paragraph. */
const COSTLY_IN_PARAGRAPH: typeof COSTLY = [
  [/</g, 5000, "angle brackets"],
  [/`/g, 10_000, "backticks"],
  [/https?:|www\.|@/gi, 5000, "addresses"],
];
const MAX_LENGTH = 1024 * 1024;

function lint(text: string, settings: MarkdownSettings, config?: EngineConfig): Issue[] {
  if (text.length > MAX_LENGTH) return [failedAnalysis("This file is larger than 1 MiB")];
  const costly = findCostly(text);
  if (costly) return [failedAnalysis(`This file has too many ${costly} to analyse`)];
  const lines = text.split(/\r\n|\r|\n/);
  const newline = /\r\n|\r|\n/.exec(text)?.[0] ?? "\n";
  const found = run(text, settings, config);
  if (!found) return [failedAnalysis("This file is nested too deeply to analyse")];
  return found.map((error) => toIssue(error, lines, newline));
}

function findCostly(text: string): string | undefined {
  const isAbove = (part: string) => ([pattern, most]: (typeof COSTLY)[number]) =>
    (part.match(pattern)?.length ?? 0) > most;
  const inAll = COSTLY.find(isAbove(text));
  if (inAll) return inAll[2];
  for (const above of COSTLY_IN_PARAGRAPH.filter(isAbove(text))) {
    if (text.split(/(?:\r\n|\r|\n)[ \t>]*(?:\r\n|\r|\n)/).some((part) => isAbove(part)(above))) {
      return above[2];
    }
  }
  return undefined;
}

/** Undefined where the parser's stack was used up. */
function run(
  text: string,
  { rules, noInlineConfig }: MarkdownSettings,
  config?: EngineConfig,
): LintError[] | undefined {
  try {
    const strings = { text };
    const configParsers = [parseInlineSettings];
    return lintMarkdown({ strings, config: rules, configParsers, noInlineConfig }).text;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    if (!config) throw error;
    throw new ToolError(`Cannot use ${JSON.stringify(config.path)}: ${messageOf(error)}`, {
      hint: "correct it; its options are those of markdownlint",
      cause: error,
    });
  }
}

function toIssue(error: LintError, lines: readonly string[], newline: string): Issue {
  const { lineNumber: line, ruleNames, ruleDescription, errorDetail, errorRange, fixInfo } = error;
  const rule = ruleNames[0]!;
  const [column = 1, length = 0] = errorRange ?? [1, lines[line - 1]?.length ?? 0];
  return {
    severity: severityOfMarkdown(rule),
    category: categoryOfMarkdown(rule),
    message: errorDetail ? `${ruleDescription} (${errorDetail})` : ruleDescription,
    rule,
    line,
    column,
    end: { line, column: column + length },
    ...fixInfo ? { fix: toFix(rule, error, fixInfo, lines, newline) } : {},
    ...rule === "MD043" ? { wholeFile: true } : {},
  };
}

function toFix(
  rule: string,
  { lineNumber, ruleDescription }: LintError,
  info: FixInfo,
  lines: readonly string[],
  newline: string,
): Fix {
  const edit = toEdit(info, info.lineNumber ?? lineNumber, lines, newline);
  return { message: ruleDescription, safe: isSafeMarkdownFix(rule), edits: [edit] };
}

/** A count of -1 stands for the line with its end; the last line has none, so the one before loses its. */
function toEdit(info: FixInfo, line: number, lines: readonly string[], newline: string): Edit {
  const { editColumn: column = 1, deleteCount = 0, insertText = "" } = info;
  const content = insertText.replaceAll("\n", newline);
  if (deleteCount >= 0) {
    return { start: { line, column }, end: { line, column: column + deleteCount }, content };
  }
  if (line < lines.length) {
    return { start: { line, column: 1 }, end: { line: line + 1, column: 1 }, content };
  }
  const before = lines[line - 2];
  const start = before === undefined
    ? { line, column: 1 }
    : { line: line - 1, column: before.length + 1 };
  return { start, end: { line, column: (lines[line - 1]?.length ?? 0) + 1 }, content };
}
