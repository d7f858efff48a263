import type { LanguageMetrics } from "./language_metrics.ts";

export const JAVASCRIPT: LanguageMetrics = {
  syntaxErrors: "none",
  functions: "function_declaration function_expression generator_function " +
    "generator_function_declaration arrow_function method_definition",
  namers: "variable_declarator assignment_expression pair field_definition " +
    "object_assignment_pattern assignment_pattern export_statement",
  carriers: "arguments call_expression parenthesized_expression",
  classes: "class_declaration class",
  parameters: "formal_parameters",
  decisions: "if_statement for_statement for_in_statement while_statement do_statement " +
    "catch_clause switch_case ternary_expression '??' '??=' '||=' '&&='",
  fieldDecisions: "assignment_pattern.right object_assignment_pattern.right",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement for_in_statement while_statement do_statement",
  switches: "switch_statement",
  catches: "catch_clause",
  inlineIfs: "ternary_expression",
  elses: "else_clause",
  blocks: "try_statement with_statement",
  jumps: "break_statement continue_statement",
  labels: "statement_identifier",
  calls: "call_expression",
};
