import type { FormatOptions, SqlLanguage } from "sql-formatter";
import * as z from "zod";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { EngineConfig } from "../engine.ts";

/** What `.sql-formatter.json` may say; without a dialect it is the standard's. */
export type SqlSettings = Partial<FormatOptions> & { language?: SqlLanguage };

const LETTER_CASE = z.enum(["preserve", "upper", "lower"]);
const PLACEHOLDERS = z.array(z.string().max(1)).max(10);

// deno-fmt-ignore -- a table
const DIALECTS = [
  "bigquery", "clickhouse", "db2", "db2i", "duckdb", "hive", "mariadb", "mysql", "n1ql", "plsql",
  "postgresql", "redshift", "singlestoredb", "snowflake", "spark", "sql", "sqlite", "tidb",
  "transactsql", "trino", "tsql",
] as const satisfies SqlLanguage[];

const SCHEMA = z.strictObject({
  language: z.enum(DIALECTS),
  tabWidth: z.int().min(1).max(16),
  useTabs: z.boolean(),
  keywordCase: LETTER_CASE,
  dataTypeCase: LETTER_CASE,
  functionCase: LETTER_CASE,
  identifierCase: LETTER_CASE,
  indentStyle: z.enum(["standard", "tabularLeft", "tabularRight"]),
  logicalOperatorNewline: z.enum(["before", "after"]),
  expressionWidth: z.int().min(1).max(1000),
  linesBetweenQueries: z.int().min(0).max(10),
  denseOperators: z.boolean(),
  newlineBeforeSemicolon: z.boolean(),
  /** Without patterns of its own, which may take any time. */
  paramTypes: z.strictObject({
    positional: z.boolean(),
    numbered: PLACEHOLDERS,
    named: PLACEHOLDERS,
    quoted: PLACEHOLDERS,
  }).partial(),
}).partial();

/** @throws {ToolError} for what is no JSON, an option that is not known, and a wrong value */
export function readSqlSettings(config: EngineConfig | undefined): SqlSettings {
  if (!config) return {};
  const result = SCHEMA.safeParse(parse(config));
  if (result.success) return result.data as SqlSettings;
  const { path, message } = result.error.issues[0]!;
  throw refused(config, `${path.length > 0 ? `\`${path.join(".")}\`: ` : ""}${message}`);
}

function parse(config: EngineConfig): unknown {
  try {
    return JSON.parse(config.text);
  } catch (error) {
    throw refused(config, messageOf(error).split("\n", 1)[0]!, error);
  }
}

function refused({ path }: EngineConfig, reason: string, cause?: unknown): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(path)}: ${reason}`, {
    hint: "correct it; its options are those of sql-formatter",
    cause,
  });
}
