import { parse as parseJsonc, type ParseError, printParseErrorCode } from "jsonc-parser";
import type { Configuration } from "markdownlint";
import { parse as parseYaml } from "yaml";
import { isObject } from "../../config/is_object.ts";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { EngineConfig } from "../engine.ts";

/**
 * The rules that a file of settings turns on and off.
 *
 * @throws {ToolError} for what cannot be read, and for `extends`, which would need another file
 */
export function readMarkdownSettings(config: EngineConfig | undefined): Configuration {
  if (!config) return { default: true };
  const said = parse(config);
  const isCli2 = config.path.includes(".markdownlint-cli2.");
  const rules = isCli2 ? said.config ?? {} : said;
  if (!isObject(rules)) throw refused(config, "`config` is not an object");
  const problem = problemWith(rules);
  if (problem) throw refused(config, problem);
  return { default: true, ...rules };
}

/**
 * Reads what a comment in a document says: `<!-- markdownlint-configure-file {…} -->`.
 *
 * @throws what keeps it from having an effect
 */
export function parseInlineSettings(text: string): Configuration {
  const rules: unknown = JSON.parse(text);
  if (!isObject(rules) || problemWith(rules)) throw new Error("not taken");
  return rules as Configuration;
}

function parse(config: EngineConfig): Record<string, unknown> {
  const said = /\.ya?ml$/.test(config.path) ? readYaml(config) : readJsonc(config);
  if (isObject(said)) return said;
  throw refused(config, "it is not an object");
}

function readYaml(config: EngineConfig): unknown {
  try {
    return parseYaml(config.text, { maxAliasCount: 100, logLevel: "error" }) ?? {};
  } catch (error) {
    throw refused(config, messageOf(error).split("\n", 1)[0]!, error);
  }
}

function readJsonc(config: EngineConfig): unknown {
  const errors: ParseError[] = [];
  try {
    const said: unknown = parseJsonc(config.text, errors, { allowTrailingComma: true });
    if (errors.length === 0) return said;
  } catch (error) {
    throw refused(config, "it is nested too deeply", error);
  }
  const { error, offset } = errors[0]!;
  const line = config.text.slice(0, offset).split("\n").length;
  throw refused(config, `${printParseErrorCode(error)} in line ${line}`);
}

/** Patterns are run as they are written: these two may take any time, so they have to be plain. */
const PLAIN = /^\^?(?:[\w\s/:#%@,'-]|\\[./-])*(?:\.[*+])?\$?$/;

function problemWith(rules: Record<string, unknown>): string | undefined {
  if (rules.extends !== undefined && rules.extends !== null) return "`extends` is not followed";
  for (const [name, options] of Object.entries(rules)) {
    const isKnown = typeof options !== "object" || options === null || isObject(options);
    if (!isKnown) return `${JSON.stringify(name)} is a list`;
    const { ignored_pattern: pattern, headings } = isObject(options) ? options : {};
    if (pattern !== undefined && !isPlain(pattern)) return "`ignored_pattern` is not a plain text";
    const patterns = Array.isArray(headings)
      ? headings.filter((one) => /^%/.test(String(one)))
      : [];
    if (!patterns.every(isPlain)) return "`headings` has a pattern that is not a plain text";
  }
}

function isPlain(pattern: unknown): boolean {
  return typeof pattern === "string" && pattern.length <= 200 && PLAIN.test(pattern);
}

function refused({ path }: EngineConfig, reason: string, cause?: unknown): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(path)}: ${reason}`, {
    hint: "correct it; its options are those of markdownlint",
    cause,
  });
}
