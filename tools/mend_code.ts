import type { SourceText } from "../analysis/engine.ts";
import type { Engines } from "../analysis/engines.ts";
import { applySafeFixes } from "../analysis/fixes/fixes.ts";
import { formatSource } from "../analysis/format_source.ts";
import type { InspectionSettings } from "../analysis/inspect.ts";
import { isBroken, type Issue } from "../analysis/issue.ts";
import { mayIgnore } from "../analysis/suppressions/may_ignore.ts";
import { languagesFor } from "../analysis/reviewed_languages.ts";
import type { Code } from "./code_input.ts";
import { formatSettings } from "./engine_settings.ts";
import { type ToolContext, ToolError } from "./tool.ts";

/**
 * Code with its safe fixes applied, and formatted, where something does that.
 * Broken code comes back as it is: nothing safe can be done to it.
 *
 * @param chosen the issues that count
 */
export async function mendCode(
  source: Code,
  issues: readonly Issue[],
  settings: InspectionSettings,
  { engines, workspace }: Pick<ToolContext, "engines" | "workspace">,
  chosen: (issues: readonly Issue[]) => Issue[] = (all) => [...all],
): Promise<string> {
  const { language, file, text } = source, { ruff } = settings;
  if (issues.some(isBroken) || !text.isWellFormed()) return text;
  const mended = await fixSafely(engines, source, settings, chosen);
  if (!languagesFor("format").has(language)) return mended;
  const layout = ruff ? { ruff } : await formatSettings(workspace, file, language);
  try {
    return await formatSource(engines, { ...source, text: mended }, layout);
  } catch (error) {
    // That the formatter of another engine cannot read it does not take the review away.
    if (error instanceof ToolError) return mended;
    throw error;
  }
}

async function fixSafely(
  engines: Engines,
  source: SourceText,
  settings: InspectionSettings,
  chosen: (issues: readonly Issue[]) => Issue[],
): Promise<string> {
  const { language, path, text } = source, { ruff } = settings;
  // Nothing but Ruff mends Python: what is measured need not be measured again for each pass. But
  // it does not know the comments that are ours.
  if (language === "python" && ruff && !mayIgnore(text)) {
    return applySafeFixes(await engines.ruff(), text, ruff, path || undefined).text;
  }
  const { fixSource } = await import("../analysis/fixes/fix_source.ts");
  return (await fixSource(engines, source, settings, { chosen })).text;
}
