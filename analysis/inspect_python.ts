import { measureComplexity } from "./complexity.ts";
import type { SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { excerptsOf } from "./excerpts.ts";
import { ignoredRules } from "./file_patterns.ts";
import type { Inspection } from "./inspection.ts";
import { isBroken } from "./issue.ts";
import { countLines } from "./line_count.ts";
import { complimentsOn, isWhollyMeasured, recommendationsFor, suggestionsFor } from "./remarks.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "./ruff_settings.ts";

/** Python: what Ruff finds, and what is measured. An empty path is that of code without a file. */
export async function inspectPython(
  engines: Engines,
  { text, path, language }: SourceText,
  settings: RuffSettings = DEFAULT_SETTINGS,
): Promise<Inspection> {
  const fileName = path || undefined;
  // In this order: in a process just started Ruff is still being compiled on other threads.
  const measured = measureComplexity((await engines.python()).parse(text));
  const issues = (await engines.ruff()).lint(text, settings, fileName);
  const parses = !issues.some(isBroken);
  return {
    issues,
    lines: countLines(text),
    // What a stub tells is documented elsewhere.
    suggestions: parses && language === "stub"
      ? recommendationsFor(measured)
      : suggestionsFor(measured, parses),
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
