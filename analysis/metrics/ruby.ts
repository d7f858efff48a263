import type { LanguageMetrics } from "./language_metrics.ts";

export const RUBY: LanguageMetrics = {
  syntaxErrors: "all",
  functions: "method singleton_method",
  bodiless: "method singleton_method",
  lambdas: "block do_block lambda",
  classes: "class module",
  parameters: "method_parameters",
  decisions: "if if_modifier if_guard elsif until until_modifier for while while_modifier rescue " +
    "rescue_modifier ensure when conditional '||=' '&&='",
  ands: "'&&' 'and'",
  ors: "'||' 'or'",
  binaries: "binary",
  ifs: "if unless",
  loops: "while until for",
  switches: "case case_match",
  catches: "rescue",
  inlineIfs: "conditional if_modifier unless_modifier while_modifier until_modifier " +
    "rescue_modifier",
  elses: "else",
  elseIfs: "elsif",
  blocks: "begin",
  calls: "call",
};
