import { parse as parseJsonc, type ParseError, printParseErrorCode } from "jsonc-parser";
import type { Configuration } from "markdownlint";
import cirosantilli from "markdownlint/style/cirosantilli" with { type: "json" };
import prettier from "markdownlint/style/prettier" with { type: "json" };
import relaxed from "markdownlint/style/relaxed" with { type: "json" };
import { posix } from "node:path";
import { parse as parseYaml } from "yaml";
import { isObject } from "../../config/is_object.ts";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import { isPath } from "../config_references.ts";
import type { EngineConfig } from "../engine.ts";

/** What comes with markdownlint, so that its package need not be installed. */
const STYLES: Record<string, Configuration> = {
  "markdownlint/style/all": {},
  "markdownlint/style/cirosantilli": cirosantilli as Configuration,
  "markdownlint/style/prettier": prettier as Configuration,
  "markdownlint/style/relaxed": relaxed as Configuration,
};

/**
 * The rules that a file of settings turns on and off, on top of what it extends.
 *
 * @param rules what it says, where they are a part of it
 * @throws {ToolError} for what cannot be read
 */
export function readMarkdownRules(
  config: EngineConfig,
  rules: unknown = readMarkdownFile(config),
  depth = 0,
): Configuration {
  if (!isObject(rules)) throw refused(config, "`config` is not an object");
  const { extends: extended, ...own } = rules;
  const problem = problemWith(own);
  if (problem) throw refused(config, problem);
  if (extended === undefined || extended === null) return own as Configuration;
  return { ...readExtended(config, extended, depth), ...own } as Configuration;
}

/** As many as are looked for. */
const MAX_DEPTH = 8;

function readExtended(config: EngineConfig, name: unknown, depth: number): Configuration {
  if (typeof name !== "string") throw refused(config, "`extends` is not a text");
  const path = posix.resolve(config.root ?? "/", name);
  const found = config.others?.find((other) =>
    other.named === name || `${other.root}/${baseName(other)}` === path
  );
  if (found && depth < MAX_DEPTH) return readMarkdownRules(found, undefined, depth + 1);
  const style = STYLES[name];
  if (style) return style;
  if (found) throw refused(config, "files extend one another, more than 8");
  throw refused(
    config,
    `it extends ${JSON.stringify(name)}, which is not there`,
    undefined,
    isPath(name) ? "correct `extends`" : "install the package",
  );
}

function baseName({ path }: EngineConfig): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/**
 * Reads what a comment in a document says: `<!-- markdownlint-configure-file {…} -->`.
 *
 * @throws what keeps it from having an effect
 */
export function parseInlineSettings(text: string): Configuration {
  const rules: unknown = JSON.parse(text);
  if (!isObject(rules) || rules.extends || problemWith(rules)) throw new Error("not taken");
  return rules as Configuration;
}

/** @throws {ToolError} when it is no object */
export function readMarkdownFile(config: EngineConfig): Record<string, unknown> {
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

function refused(
  { path }: EngineConfig,
  reason: string,
  cause?: unknown,
  hint = "correct it; its options are those of markdownlint",
): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(path)}: ${reason}`, { hint, cause });
}
