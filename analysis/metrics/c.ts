import type { LanguageMetrics } from "./language_metrics.ts";

export const C: LanguageMetrics = {
  syntaxErrors: "brackets",
  functions: "function_definition",
  wrappers: "parenthesized_declarator",
  parameters: "parameter_list",
  noParameters: "void ...",
  decisions: "if_statement for_statement while_statement do_statement 'case' " +
    "conditional_expression '#if' '#ifdef' '#elif'",
  directives: "preproc_if preproc_elif",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression",
  ifs: "if_statement",
  loops: "for_statement while_statement do_statement",
  switches: "switch_statement",
  inlineIfs: "conditional_expression",
  elses: "else_clause",
  gotos: "goto_statement",
  calls: "call_expression",
};
