import type { Config } from "../../config/config.ts";
import type { ComplexityLimits } from "./complexity_limits.ts";

/** What functions may have, as configured; undefined where nothing is, and the defaults hold. */
export function configuredLimits(
  values: Pick<Config, "complexity"> | undefined,
): ComplexityLimits | undefined {
  if (!values) return undefined;
  const { max_cyclomatic, max_cognitive, max_nesting, max_parameters, max_length } =
    values.complexity;
  return {
    cyclomatic: max_cyclomatic,
    cognitive: max_cognitive,
    nesting: max_nesting,
    parameters: max_parameters,
    length: max_length,
  };
}
