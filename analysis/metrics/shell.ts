import type { LanguageMetrics } from "./language_metrics.ts";

export const SHELL: LanguageMetrics = {
  syntaxErrors: "none",
  functions: "function_definition",
  parameters: "",
  decisions: "if_statement elif_clause for_statement c_style_for_statement while_statement " +
    "case_item ternary_expression",
  ands: "'&&'",
  ors: "'||'",
  binaries: "list binary_expression",
  ifs: "if_statement",
  loops: "for_statement c_style_for_statement while_statement",
  switches: "case_statement",
  inlineIfs: "ternary_expression",
  elses: "else_clause",
  elseIfs: "elif_clause",
  calls: "command",
};
