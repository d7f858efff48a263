import { JAVASCRIPT } from "./javascript.ts";
import type { LanguageMetrics } from "./language_metrics.ts";

/** TSX as well: the two grammars have the same names here. */
export const TYPESCRIPT: LanguageMetrics = {
  ...JAVASCRIPT,
  namers: "variable_declarator assignment_expression pair public_field_definition",
  defaults: "assignment_pattern object_assignment_pattern required_parameter optional_parameter",
  classes: "class_declaration class abstract_class_declaration internal_module module",
};
