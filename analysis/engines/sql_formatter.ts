import { format as formatSql, type SqlLanguage } from "sql-formatter";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import { refuseHalfPairs, unparsable } from "./cannot_format.ts";
import type { Formatter, Linter } from "../engine.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Issue } from "../issue.ts";
import { createLineIndex } from "../text/line_index.ts";
import { cutSql, type SqlChunk } from "./sql_chunks.ts";
import { readSqlSettings, type SqlSettings } from "./sql_settings.ts";
import { syntaxError } from "./syntax_error.ts";

/** Larger files are data. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Tried for a file whose dialect nobody says: what one of them reads is no error. */
const DIALECTS: readonly SqlLanguage[] = [
  ...["sql", "postgresql", "mysql", "sqlite", "transactsql", "plsql", "bigquery"] as const,
  ...["snowflake", "duckdb", "clickhouse", "spark", "db2"] as const,
];

/**
 * sql-formatter: lays SQL out, by the standard's dialect where `.sql-formatter.json` says no other.
 * It reads expressions and parentheses, and hardly statements: what it lets pass may be wrong yet.
 */
export function createSqlFormatter(
  about: { name: string; version: string },
): Linter & Formatter {
  return {
    ...about,
    lint: ({ text }, { config }) => lint(text, readSqlSettings(config)),
    format({ text }, { config }) {
      refuseHalfPairs(text);
      return format(text, readSqlSettings(config));
    },
  };
}

/** Why a text cannot be parsed, and where. */
interface Refusal {
  reason: string;
  offset: number;
}

/**
 * What no dialect allows: a parenthesis, string or comment that is not closed, or not opened. The rest
 * may be a statement or an operator that the grammar does not have.
 */
const SURELY_WRONG = /^Unexpected (?:end of|"(?:[)\]}'`]|\\"|\/\*))/;

function lint(text: string, { language }: SqlSettings): Issue[] {
  if (text.length > MAX_LENGTH) return [failedAnalysis("This file is larger than 4 MiB")];
  const dialects = language ? [language] : [...DIALECTS];
  for (const chunk of cutSql(withoutCommands(text))) {
    if (chunk.costly) {
      const line = createLineIndex(text).lineAt(chunk.start);
      return [failedAnalysis(`This file cannot be analysed: ${chunk.costly}`, line)];
    }
    const refusal = refusalBy(dialects, chunk);
    if (refusal && SURELY_WRONG.test(refusal.reason)) return [toIssue(text, chunk, refusal)];
  }
  return [];
}

/** Lines such as `\\echo` are for psql, not for a server; what stays keeps its place. */
function withoutCommands(text: string): string {
  return text.replace(/^\\[a-z!?].*$/gm, (line) => " ".repeat(line.length));
}

/** What all dialects refuse, as the one that read most tells it; the one that fits is moved to the front. */
function refusalBy(dialects: SqlLanguage[], { text }: SqlChunk): Refusal | undefined {
  let furthest: Refusal | undefined;
  for (const [index, dialect] of dialects.entries()) {
    const result = attempt(text, { language: dialect });
    if ("text" in result) {
      dialects.unshift(...dialects.splice(index, 1));
      return undefined;
    }
    if (!furthest || result.offset > furthest.offset) furthest = result;
  }
  return furthest;
}

function attempt(text: string, settings: SqlSettings): { text: string } | Refusal {
  try {
    return { text: formatSql(text, settings) };
  } catch (error) {
    if (error instanceof RangeError) return { reason: "it is nested too deeply", offset: 0 };
    return refusalOf(error, text);
  }
}

/** Its messages show the grammar's state too, hundreds of lines of it. */
function refusalOf(error: unknown, text: string): Refusal {
  const told = messageOf(error).slice(0, 1000);
  const [, quoted, line = "1", column = "1"] =
    /^Parse error(?:: Unexpected| at token:) (.+?) at line (\d+) column (\d+)/s.exec(told) ?? [];
  if (quoted === undefined) throw error;
  const index = createLineIndex(text);
  const start = index.startOf(Number(line)) + Number(column) - 1;
  const shown = quoted.replace(/^"(.*)"$/s, "$1").replace(/\s+/g, " ").trim();
  const found = shown === "«EOF»" ? "end of the text" : JSON.stringify(shown);
  return { reason: `Unexpected ${found}`, offset: Math.min(start, text.length) };
}

function toIssue(text: string, chunk: SqlChunk, { reason, offset }: Refusal): Issue {
  const index = createLineIndex(text), at = chunk.start + offset;
  return syntaxError(reason, { line: index.lineAt(at), column: index.columnAt(at) });
}

function format(text: string, settings: SqlSettings): string {
  if (text.length > MAX_LENGTH) throw costly("it is larger than 4 MiB");
  const parts = cutSql(text).map((chunk) => formatChunk(text, chunk, settings)).filter(Boolean);
  if (parts.length === 0) return "";
  const formatted = parts.join("\n".repeat((settings.linesBetweenQueries ?? 1) + 1)) + "\n";
  return isWindows(text) ? formatted.replace(/\r?\n/g, "\r\n") : formatted;
}

function formatChunk(text: string, chunk: SqlChunk, settings: SqlSettings): string {
  if (chunk.costly) throw costly(chunk.costly);
  const result = attempt(chunk.text, settings);
  if (!("text" in result)) throw refused(toIssue(text, chunk, result), settings);
  const formatted = result.text.trim();
  refuseOtherChanges(chunk.text, formatted, settings);
  return formatted;
}

/** @throws {ToolError} when more than white space and letters' case became different */
function refuseOtherChanges(text: string, formatted: string, settings: SqlSettings): void {
  const again = attempt(formatted, settings);
  const isSame = squeeze(text) === squeeze(formatted) && "text" in again &&
    squeeze(again.text) === squeeze(formatted);
  if (isSame) return;
  throw new ToolError("Cannot format the code: more than its white space would change", {
    hint: "lay it out by hand, or say its dialect in .sql-formatter.json",
  });
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, "").toLowerCase();
}

function isWindows(text: string): boolean {
  return text.includes("\r\n") && !/(?<!\r)\n/.test(text);
}

function costly(reason: string): ToolError {
  return new ToolError(`Cannot format the code: ${reason}`, { hint: "leave the file out" });
}

/** Without a configured dialect, that is most likely what is missing. */
function refused(issue: Issue, { language }: SqlSettings): ToolError {
  if (language) return unparsable(issue);
  return new ToolError(unparsable(issue).message, {
    hint: 'mend it, or say its dialect in .sql-formatter.json: {"language": "postgresql"}',
  });
}
