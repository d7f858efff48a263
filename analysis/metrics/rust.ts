import type { LanguageMetrics } from "./language_metrics.ts";

export const RUST: LanguageMetrics = {
  syntaxErrors: "brackets",
  functions: "function_item",
  lambdas: "closure_expression",
  classes: "impl_item trait_item",
  separator: "::",
  parameters: "parameters",
  decisions: "'if' for_expression while_expression match_arm try_expression where_clause",
  undecisions: "match_block",
  ands: "'&&'",
  ors: "'||'",
  binaries: "binary_expression let_chain token_tree",
  ifs: "if_expression",
  loops: "for_expression while_expression loop_expression",
  switches: "match_expression",
  elses: "else_clause",
  blocks: "unsafe_block async_block",
  jumps: "break_expression continue_expression",
  labels: "label",
  calls: "call_expression",
};
