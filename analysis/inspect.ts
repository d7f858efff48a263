import type { ComplexityLimits } from "./metrics/complexity_limits.ts";
import { lintWith } from "./lint_with.ts";
import type { EngineConfig, SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { excerptsOf } from "./text/excerpts.ts";
import { fingerprinted } from "./baseline/fingerprints.ts";
import { mayIgnore } from "./suppressions/may_ignore.ts";
import type { Inspection } from "./inspection.ts";
import type { Issue } from "./issue.ts";
import { inspectFunctions } from "./metrics/inspect_functions.ts";
import { isPythonText } from "./languages.ts";
import { countLines } from "./text/line_count.ts";
import { isMeasured } from "./metrics/measure_source.ts";
import { LINTERS } from "./linters.ts";
import type { RuffSettings } from "./ruff/ruff_settings.ts";

/** What is configured for a file. Plain data: the same always finds the same. */
export interface InspectionSettings {
  /** For Python. */
  ruff?: RuffSettings;
  /** The engines' own configuration files, by the engine's name. */
  configs?: Readonly<Record<string, EngineConfig>>;
  /** Rules of other engines that are on where a configuration leaves them off. @default [] */
  turnOn?: readonly string[];
  /** What functions may have. @default DEFAULT_LIMITS */
  limits?: ComplexityLimits;
}

/**
 * Looks at a file with all that devmcp has for its language. An engine that fails on it is an issue
 * of the rule `analysis-failed`.
 *
 * @throws {ToolError} for a configuration that is broken
 */
export async function inspect(
  engines: Engines,
  source: SourceText,
  settings: InspectionSettings = {},
): Promise<Inspection> {
  const seen = await look(engines, source, settings);
  return fingerprinted(await withoutIgnored(seen, source, settings));
}

/** Its code is loaded only where a comment asks for it. */
async function withoutIgnored(
  inspection: Inspection,
  source: SourceText,
  { ruff }: InspectionSettings,
): Promise<Inspection> {
  // Those of a notebook stand in its cells.
  if (source.language === "notebook" || !mayIgnore(source.text)) return inspection;
  const [{ suppress }, { createChecked }] = await Promise.all([
    import("./suppressions/suppressions.ts"),
    import("./rules/checked_rules.ts"),
  ]);
  return suppress(inspection, [source], { isChecked: createChecked(ruff, source.path) });
}

async function look(
  engines: Engines,
  source: SourceText,
  settings: InspectionSettings,
): Promise<Inspection> {
  if (isPythonText(source.language)) {
    const { inspectPython } = await import("./inspect_python.ts");
    return await inspectPython(engines, source, settings.ruff, settings.limits);
  }
  if (source.language === "notebook") {
    const { inspectNotebook } = await import("./notebook/inspect_notebook.ts");
    return await inspectNotebook(engines, source, settings.ruff, settings.limits);
  }
  const issues: Issue[] = [];
  for (const entry of LINTERS[source.language] ?? []) {
    const { configs, turnOn } = settings;
    issues.push(
      ...await lintWith(engines, entry, source, { config: configs?.[entry.name], turnOn }),
    );
  }
  const measured = isMeasured(source.language)
    ? await inspectFunctions(engines, source, settings.limits, issues)
    : undefined;
  issues.push(...measured?.issues ?? []);
  return {
    suggestions: [],
    compliments: [],
    ...measured,
    issues: issues.sort(compareByPlace),
    lines: countLines(source.text),
    isAssured: false,
    excerpts: excerptsOf(issues, source.text),
  };
}

/** As they are met when reading. */
function compareByPlace(a: Issue, b: Issue): number {
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
