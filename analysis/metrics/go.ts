import type { LanguageMetrics } from "./language_metrics.ts";

export const GO: LanguageMetrics = {
  syntaxErrors: "brackets",
  functions: "function_declaration method_declaration func_literal",
  parameters: "parameter_list",
  decisions: "if_statement for_statement expression_case type_case communication_case",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement",
  switches: "expression_switch_statement type_switch_statement select_statement",
  elses: "'else'",
  jumps: "break_statement continue_statement",
  labels: "label_name",
  gotos: "goto_statement",
  calls: "call_expression",
};
