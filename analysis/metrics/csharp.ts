import type { LanguageMetrics } from "./language_metrics.ts";

export const CSHARP: LanguageMetrics = {
  syntaxErrors: "brackets",
  functions: "method_declaration constructor_declaration destructor_declaration " +
    "operator_declaration conversion_operator_declaration local_function_statement",
  unnamed: "operator_declaration conversion_operator_declaration",
  lambdas: "lambda_expression anonymous_method_expression",
  classes: "class_declaration struct_declaration interface_declaration record_declaration",
  parameters: "parameter_list",
  parameter: "parameter identifier",
  decisions: "if_statement for_statement while_statement do_statement catch_clause 'case' " +
    "conditional_expression '??' '??=' preproc_if preproc_elif",
  directives: "preproc_if preproc_elif",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement foreach_statement while_statement do_statement",
  switches: "switch_statement switch_expression",
  catches: "catch_clause",
  inlineIfs: "conditional_expression",
  elses: "'else'",
  blocks: "try_statement using_statement lock_statement fixed_statement unsafe_statement " +
    "checked_statement",
  gotos: "goto_statement",
  calls: "invocation_expression",
};
