import type { LanguageId } from "../languages.ts";

/** How a language writes comments, and the strings in which there are none. */
export interface CommentSyntax {
  /** What begins a comment that ends with its line. */
  line?: readonly string[];
  /** What begins and ends a comment of several lines; they do not nest. */
  block?: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings within a line. */
  quotes?: readonly string[];
  /** What begins and ends strings of several lines; raw ones know no backslash. */
  long?: readonly (readonly [open: string, close: string, kind?: "raw"])[];
  /** Whether a comment begins only where a word does: `$#` is none. */
  afterSpace?: boolean;
}

const C: CommentSyntax = { line: ["//"], block: [["/*", "*/"]], quotes: ['"', "'"] };
const TRIPLE = [['"""', '"""'], ["'''", "'''"]] as const;
const PYTHON: CommentSyntax = { line: ["#"], quotes: ['"', "'"], long: TRIPLE };
const SCRIPT: CommentSyntax = { ...C, long: [["`", "`"]] };
const SHELL: CommentSyntax = { line: ["#"], quotes: ['"', "'"], afterSpace: true };

/**
 * The languages that have comments: JSON has none, and of a notebook each cell is Python. Of Markdown
 * code counts as a string.
 */
export const COMMENT_SYNTAX: Partial<Record<LanguageId, CommentSyntax>> = {
  python: PYTHON,
  stub: PYTHON,
  javascript: SCRIPT,
  typescript: SCRIPT,
  tsx: SCRIPT,
  jsonc: { ...C, quotes: ['"'] },
  css: { block: [["/*", "*/"]], quotes: ['"', "'"] },
  go: { ...C, long: [["`", "`", "raw"]] },
  rust: { ...C, quotes: ['"'], long: [['r#"', '"#', "raw"], ['r##"', '"##', "raw"]] },
  java: { ...C, long: [['"""', '"""']] },
  c: C,
  cpp: { ...C, long: [['R"(', ')"', "raw"]] },
  csharp: { ...C, long: [['"""', '"""', "raw"], ['@"', '"', "raw"]] },
  ruby: { ...SHELL, block: [["\n=begin", "\n=end"]] },
  php: { ...C, line: ["//", "#"] },
  shell: SHELL,
  kotlin: { ...C, long: [['"""', '"""', "raw"]] },
  markdown: { block: [["<!--", "-->"]], quotes: ["`"], long: [["\n```", "\n```", "raw"]] },
  sql: { line: ["--"], block: [["/*", "*/"]], quotes: ["'"] },
  yaml: SHELL,
  toml: { ...PYTHON, long: TRIPLE },
};
