import { messageOf } from "../config/message_of.ts";
import { complexityIssues } from "./complexity_issues.ts";
import { type ComplexityLimits, DEFAULT_LIMITS } from "./complexity_limits.ts";
import type { SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { failedAnalysis } from "./failed_analysis.ts";
import type { Inspection } from "./inspection.ts";
import { measureSource } from "./measure_source.ts";
import { complimentsOn, suggestionsFor } from "./remarks.ts";

/** What a file's syntax tree tells; of one that is broken, only where. */
export async function inspectFunctions(
  engines: Engines,
  source: SourceText,
  limits: ComplexityLimits = DEFAULT_LIMITS,
  isBroken = false,
): Promise<Partial<Inspection> & Pick<Inspection, "issues">> {
  try {
    const { report, errors } = await measureSource(engines, source);
    const parses = !isBroken && errors.length === 0;
    return {
      issues: parses ? complexityIssues(report.functions, limits) : errors,
      functions: report.functions,
      suggestions: suggestionsFor(report, parses, limits),
      compliments: parses ? complimentsOn(report) : [],
    };
  } catch (error) {
    const [reason] = messageOf(error).split("\n", 1);
    return { issues: [failedAnalysis(`The functions of this file cannot be measured: ${reason}`)] };
  }
}
