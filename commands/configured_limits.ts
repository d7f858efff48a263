import type { ComplexityLimits } from "../analysis/metrics/complexity_limits.ts";
import type { LoadedConfig } from "../config/config.ts";

/** What functions may have, as configured; undefined where nothing is, and the defaults hold. */
export function configuredLimits(config?: LoadedConfig): ComplexityLimits | undefined {
  if (!config) return undefined;
  const { max_cyclomatic, max_cognitive, max_nesting, max_parameters, max_length } =
    config.values.complexity;
  return {
    cyclomatic: max_cyclomatic,
    cognitive: max_cognitive,
    nesting: max_nesting,
    parameters: max_parameters,
    length: max_length,
  };
}
