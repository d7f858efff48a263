import type { LanguageMetrics } from "./language_metrics.ts";

export const KOTLIN: LanguageMetrics = {
  syntaxErrors: "brackets",
  functions: "function_declaration anonymous_function secondary_constructor getter setter",
  unnamed: "getter setter secondary_constructor",
  bodies: "function_body block",
  lambdas: "lambda_literal",
  classes: "class_declaration object_declaration companion_object",
  parameters: "function_value_parameters",
  parameter: "parameter",
  decisions: "if_expression for_statement while_statement do_while_statement catch_block " +
    "when_entry '?:'",
  undecisions: "when_expression",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_expression",
  loops: "for_statement while_statement do_while_statement",
  switches: "when_expression",
  catches: "catch_block",
  elses: "'else'",
  blocks: "try_expression",
  calls: "call_expression",
};
