import { messageOf } from "../../config/message_of.ts";
import { complexityIssues } from "./complexity_issues.ts";
import { type ComplexityLimits, DEFAULT_LIMITS } from "./complexity_limits.ts";
import type { SourceText } from "../engine.ts";
import type { Engines } from "../engines.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Inspection } from "../inspection.ts";
import { isBroken, type Issue } from "../issue.ts";
import { LINTERS } from "../linters.ts";
import { isNotChecked } from "../engines/lint_or_say.ts";
import { measureSource } from "./measure_source.ts";
import { complimentsOn, suggestionsFor } from "../remarks.ts";

/**
 * What a file's syntax tree tells; of one that is broken, only where.
 *
 * @param found what the language's linters found: where one judged the syntax, the tree does not
 */
export async function inspectFunctions(
  engines: Engines,
  source: SourceText,
  limits: ComplexityLimits = DEFAULT_LIMITS,
  found: readonly Issue[] = [],
): Promise<Partial<Inspection> & Pick<Inspection, "issues">> {
  try {
    const { report, errors: seen } = await measureSource(engines, source);
    const isJudged = source.language in LINTERS && !found.some(isNotChecked);
    const errors = isJudged ? [] : seen;
    const parses = !found.some(isBroken) && errors.length === 0;
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
