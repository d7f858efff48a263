import { measureComplexity } from "./complexity.ts";
import { complexityIssues, SAID_BY_RUFF } from "./metrics/complexity_issues.ts";
import { type ComplexityLimits, DEFAULT_LIMITS } from "./metrics/complexity_limits.ts";
import type { SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { excerptsOf } from "./text/excerpts.ts";
import { ignoredRules } from "./text/file_patterns.ts";
import type { Inspection } from "./inspection.ts";
import { isBroken } from "./issue.ts";
import { countLines } from "./text/line_count.ts";
import { complimentsOn, isWhollyMeasured, recommendationsFor, suggestionsFor } from "./remarks.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "./ruff/ruff_settings.ts";

/** Python: what Ruff finds, and what is measured. An empty path is that of code without a file. */
export async function inspectPython(
  engines: Engines,
  { text, path, language }: SourceText,
  settings: RuffSettings = DEFAULT_SETTINGS,
  limits: ComplexityLimits = DEFAULT_LIMITS,
): Promise<Inspection> {
  const fileName = path || undefined;
  const measured = measureComplexity((await engines.python()).parse(text));
  const found = (await engines.ruff()).lint(text, settings, fileName);
  const parses = !found.some(isBroken);
  // Who chooses rules of Ruff chooses all that is told.
  const own = parses && !settings.choosesRules
    ? complexityIssues(measured.functions, limits, SAID_BY_RUFF)
    : [];
  const issues = [...found, ...own].sort((a, b) => a.line - b.line || a.column - b.column);
  return {
    issues,
    lines: countLines(text),
    // What a stub tells is documented elsewhere.
    suggestions: parses && language === "stub"
      ? recommendationsFor(measured, limits)
      : suggestionsFor(measured, parses, limits),
    compliments: parses ? complimentsOn(measured) : [],
    isAssured: parses && isWhollyMeasured(measured) && checksAll(settings, fileName) &&
      !SILENCED.test(text),
    functions: measured.functions,
    excerpts: excerptsOf(issues, text),
  };
}

/** A comment that keeps Ruff from telling what it found. */
const SILENCED = /#\s*(?:(?:ruff|flake8)\s*:\s*)?noqa/i;

/** Whether our rules are checked, all of them. */
function checksAll(settings: RuffSettings, fileName?: string): boolean {
  return !settings.choosesRules &&
    (fileName === undefined || ignoredRules(settings, fileName) === undefined);
}
