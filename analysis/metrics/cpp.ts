import { C } from "./c.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

export const CPP: LanguageMetrics = {
  ...C,
  lambdas: "lambda_expression",
  classes: "class_specifier struct_specifier union_specifier namespace_definition",
  wrappers: "parenthesized_declarator reference_declarator",
  separator: "::",
  decisions: `${C.decisions} for_range_loop catch_clause`,
  ands: "'&&' 'and'",
  ors: "'||' 'or'",
  loops: `${C.loops} for_range_loop`,
  catches: "catch_clause",
  blocks: "try_statement",
};
