import type { SourceText } from "../analysis/engine.ts";
import { applySafeFixes } from "../analysis/fixes.ts";
import { formatSource } from "../analysis/format_source.ts";
import type { InspectionSettings } from "../analysis/inspect.ts";
import { isBroken, type Issue } from "../analysis/issue.ts";
import { languagesFor } from "../analysis/reviewed_languages.ts";
import { formatSettings } from "./engine_settings.ts";
import { type ToolContext, ToolError } from "./tool.ts";

/**
 * Code with its safe fixes applied, where they are known, and formatted, where something does that.
 * Broken code comes back as it is: nothing safe can be done to it.
 */
export async function mendCode(
  source: SourceText,
  issues: readonly Issue[],
  { ruff }: InspectionSettings,
  { engines, workspace }: Pick<ToolContext, "engines" | "workspace">,
): Promise<string> {
  const { language, path, text } = source;
  if (issues.some(isBroken) || !text.isWellFormed()) return text;
  const mended = language === "python" && ruff
    ? applySafeFixes(await engines.ruff(), text, ruff, path || undefined).text
    : text;
  if (!languagesFor("format").has(language)) return mended;
  const settings = ruff ? { ruff } : await formatSettings(workspace, path, language);
  try {
    return await formatSource(engines, { ...source, text: mended }, settings);
  } catch (error) {
    // That the formatter of another engine cannot read it does not take the review away.
    if (error instanceof ToolError) return mended;
    throw error;
  }
}
