import type { LanguageMetrics } from "./language_metrics.ts";

export const PHP: LanguageMetrics = {
  syntaxErrors: "all",
  functions: "function_definition method_declaration",
  lambdas: "anonymous_function arrow_function",
  classes: "class_declaration interface_declaration trait_declaration enum_declaration",
  separator: "::",
  parameters: "formal_parameters",
  decisions: "if_statement else_if_clause for_statement foreach_statement while_statement " +
    "do_statement catch_clause match_expression case_statement",
  fieldDecisions: "conditional_expression.body",
  ands: "'&&' 'and'",
  ors: "'||' 'or' 'xor'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement foreach_statement while_statement do_statement",
  switches: "switch_statement match_expression",
  catches: "catch_clause",
  inlineIfs: "conditional_expression",
  elses: "else_clause",
  elseIfs: "else_if_clause",
  blocks: "try_statement",
  jumps: "break_statement continue_statement",
  labels: "integer",
  gotos: "goto_statement",
  calls: "function_call_expression member_call_expression scoped_call_expression " +
    "nullsafe_member_call_expression",
};
