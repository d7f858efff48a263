import type { LanguageMetrics } from "./language_metrics.ts";

export const JAVA: LanguageMetrics = {
  syntaxErrors: "all",
  functions: "method_declaration constructor_declaration compact_constructor_declaration",
  lambdas: "lambda_expression",
  classes: "class_declaration interface_declaration enum_declaration record_declaration " +
    "annotation_type_declaration",
  parameters: "formal_parameters",
  decisions: "if_statement for_statement enhanced_for_statement while_statement do_statement " +
    "catch_clause 'case' ternary_expression",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement enhanced_for_statement while_statement do_statement",
  switches: "switch_expression",
  catches: "catch_clause",
  inlineIfs: "ternary_expression",
  elses: "'else'",
  blocks: "try_statement try_with_resources_statement synchronized_statement",
  jumps: "break_statement continue_statement",
  labels: "identifier",
  calls: "method_invocation",
};
