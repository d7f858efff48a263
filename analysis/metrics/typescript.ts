import { JAVASCRIPT } from "./javascript.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

/** TSX as well: the two grammars have the same names here. */
export const TYPESCRIPT: LanguageMetrics = {
  ...JAVASCRIPT,
  namers: "variable_declarator assignment_expression pair public_field_definition " +
    "object_assignment_pattern assignment_pattern required_parameter optional_parameter " +
    "export_statement",
  carriers: `${JAVASCRIPT.carriers} as_expression satisfies_expression non_null_expression`,
  fieldDecisions: "assignment_pattern.right object_assignment_pattern.right " +
    "required_parameter.value optional_parameter.value",
  classes: "class_declaration class abstract_class_declaration internal_module module",
};
