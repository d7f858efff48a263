import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import { ignoredRules, isPrivateModule } from "../text/file_patterns.ts";
import type { Fix, Issue } from "../issue.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import { findOverlongLine } from "./overlong_lines.ts";
import { categoryOf, severityOf } from "../rules/rule_traits.ts";
import type { RuffSettings } from "./ruff_settings.ts";
import { createRuffWasm, type Diagnostic, EngineTrap, type RuffWasm } from "./ruff_wasm.ts";
import { createSafety, type Safety } from "../fixes/safe_fixes.ts";
import { createStubFilter, isStub } from "./stub_rules.ts";
import { ANYWHERE, findStringLines, type StringLines } from "./string_lines.ts";
import { createToPosition, type ToPosition } from "../text/utf16_columns.ts";

export type { RuffSettings } from "./ruff_settings.ts";

/** Ruff: a linter and formatter for Python. */
export interface Ruff {
  /** Of Ruff, such as `0.17.3`. */
  readonly version: string;
  /**
   * Everything that the chosen rules find, by place. Code that does not parse has issues of the rule
   * `syntax-error`; code that even the engine cannot read has one of `analysis-failed`.
   *
   * @param fileName Decides about `per-file-ignores`; relative to `settings.cwd`
   * @throws {ToolError} when the engine refuses the settings
   */
  lint(text: string, settings: RuffSettings, fileName?: string): Issue[];
  /**
   * The formatted code; line endings and a byte order mark stay.
   *
   * @throws {ToolError} for code that does not parse, and when the engine refuses the settings
   */
  format(text: string, settings: RuffSettings): string;
}

const SYNTAX_ERROR = "syntax-error";
const BOM = "\ufeff";

/** Builds the engine from its embedded parts. */
export function createRuff(wasm: Uint8Array<ArrayBuffer>, glue: string): Ruff {
  // On other threads only it takes twice as long: this one helps them.
  const engine = createRuffWasm(new WebAssembly.Module(wasm), glue);
  return {
    version: engine.version,
    lint: (text, settings, fileName) => lint(engine, withoutBom(text), settings, fileName),
    format: (text, settings) => {
      const body = withoutBom(text);
      return text.slice(0, text.length - body.length) + format(engine, body, settings);
    },
  };
}

/** Ruff counts columns after the mark, and so do editors. */
function withoutBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}

function lint(engine: RuffWasm, text: string, settings: RuffSettings, fileName?: string): Issue[] {
  const overlong = findOverlongLine(text);
  if (overlong) return [failedAnalysis(TOO_LONG, overlong)];
  const found = check(engine, text, settings);
  if (found instanceof EngineTrap) return [failedAnalysis(describeTrap(found))];
  const ignored = fileName === undefined ? undefined : leftOut(settings, fileName, text);
  const stringLines = () => locateStrings(engine, text, settings);
  const safety = createSafety(text, settings, fileName, stringLines);
  const toIssue = createToIssue(text, safety);
  const issues: Issue[] = [];
  for (const diagnostic of found) {
    if (!ignored?.(ruleOf(diagnostic), diagnostic.message)) issues.push(toIssue(diagnostic));
  }
  return issues.sort((a, b) => a.line - b.line || a.column - b.column || compare(a.rule, b.rule));
}

/**
 * What a file's name decides: `per-file-ignores`; private modules need no docstrings; a package's
 * `__all__` may name its modules; stubs have rules of their own.
 */
function leftOut(
  settings: RuffSettings,
  fileName: string,
  text: string,
): (rule: string, message: string) => boolean {
  const ignored = ignoredRules(settings, fileName), isPrivate = isPrivateModule(settings, fileName);
  const isPackage = /(^|[/\\])__init__\.py$/.test(fileName);
  const stub = isStub(fileName) ? createStubFilter(text) : undefined;
  return (rule, message) =>
    isPrivate && rule.startsWith("D10") || isPackage && rule === "F822" || stub?.(rule, message) ||
    (ignored?.(rule) ?? false);
}

function ruleOf({ code }: Diagnostic): string {
  return code === null || code === "invalid-syntax" ? SYNTAX_ERROR : code;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function check(engine: RuffWasm, text: string, settings: RuffSettings): Diagnostic[] | EngineTrap {
  try {
    return engine.run(settings.options, (workspace) => workspace.check(text));
  } catch (error) {
    if (error instanceof EngineTrap) return error;
    throw refusedSettings(settings, error);
  }
}

const TOO_LONG = "This line is too long to analyse: it holds too many strings or statements";

function describeTrap(trap: EngineTrap): string {
  return trap.tooDeep
    ? "This file is nested too deeply to analyse"
    : `This file cannot be analysed: the linter failed (${trap.message})`;
}

/** Ruff says "in `select` from the CLI" whatever the options came from. */
function refusedSettings(settings: RuffSettings, cause: unknown): ToolError {
  const told = messageOf(cause);
  const reason = told.replace(/^Error: /, "").replace(" from the CLI", "").replace(/\.$/, "");
  const name = settings.source ?? "the settings";
  return new ToolError(`Cannot use ${JSON.stringify(name)}: ${reason}`, {
    hint: "correct the options of Ruff",
    cause,
  });
}

/** The engine's tokens are text, some twenty times the code: none are made of more than this. */
const MAX_TOKENIZED = 1024 * 1024;

function locateStrings(engine: RuffWasm, text: string, settings: RuffSettings): StringLines {
  if (text.length > MAX_TOKENIZED) return ANYWHERE;
  try {
    const tokens = engine.run(settings.options, (workspace) => workspace.tokens(text));
    return findStringLines(text, tokens);
  } catch {
    return ANYWHERE; // it does not parse: nothing in it is safe
  }
}

function createToIssue(text: string, safety: Safety) {
  const toPosition = createToPosition(text);
  return (diagnostic: Diagnostic): Issue => {
    const { message } = diagnostic;
    const rule = ruleOf(diagnostic);
    const { line, column } = toPosition(diagnostic.start_location);
    const issue: Issue = {
      severity: severityOf(rule, message),
      category: categoryOf(rule),
      message,
      rule,
      line,
      column,
      end: toPosition(diagnostic.end_location),
    };
    if (diagnostic.fix && safety.offers(rule)) {
      issue.fix = toFix(diagnostic.fix, issue, toPosition, safety);
    }
    return issue;
  };
}

function toFix(
  fix: NonNullable<Diagnostic["fix"]>,
  issue: Issue,
  toPosition: ToPosition,
  safety: Safety,
): Fix {
  const edits = fix.edits.map(({ location, end_location, content }) => ({
    start: toPosition(location),
    end: toPosition(end_location),
    content: content ?? "",
  }));
  return {
    message: fix.message ?? issue.message,
    safe: safety.isSafe(issue, edits),
    edits,
  };
}

function format(engine: RuffWasm, text: string, settings: RuffSettings): string {
  refuseUnformattable(text);
  try {
    return engine.run(settings.options, (workspace) => workspace.format(text));
  } catch (error) {
    if (error instanceof EngineTrap) throw new ToolError(unformattable(error), { cause: error });
    throw syntaxProblem(engine, text, settings, error) ?? refusedSettings(settings, error);
  }
}

/** Half of a surrogate pair has no bytes: what the engine gives back would have lost it. */
function refuseUnformattable(text: string): void {
  if (!text.isWellFormed()) {
    throw new ToolError("Cannot format the code: it holds half of a surrogate pair", {
      hint: "give valid Unicode",
    });
  }
  const overlong = findOverlongLine(text);
  if (overlong) {
    throw new ToolError(`Cannot format the code: line ${overlong} is too long`, {
      hint: "break it, or leave the file out",
    });
  }
}

function unformattable(trap: EngineTrap): string {
  return trap.tooDeep
    ? "Cannot format the code: it is nested too deeply"
    : `Cannot format the code: the formatter failed (${trap.message})`;
}

function syntaxProblem(
  engine: RuffWasm,
  text: string,
  settings: RuffSettings,
  cause: unknown,
): ToolError | undefined {
  const first = lint(engine, text, settings).find(({ rule }) => rule === SYNTAX_ERROR);
  const told = messageOf(cause);
  if (!first && !/at byte range/.test(told)) return undefined;
  const where = first
    ? `syntax error in line ${first.line}, column ${first.column}: ${first.message}`
    : told.replace(/ at byte range.*/, "");
  return new ToolError(`Cannot format the code: ${where}`, {
    hint: "mend the syntax first",
    cause,
  });
}
