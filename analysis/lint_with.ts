import { messageOf } from "../config/message_of.ts";
import { ToolError } from "../config/tool_error.ts";
import type { EngineEntry, EngineSettings, Linter, SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";
import { failedAnalysis } from "./failed_analysis.ts";
import type { Issue } from "./issue.ts";

/**
 * What one engine finds. Where it throws or traps there is one issue of the rule `analysis-failed`,
 * and the engine is made anew for the next file.
 *
 * @throws {ToolError} what the engine has to say of its configuration
 */
export async function lintWith(
  engines: Engines,
  entry: EngineEntry<Linter>,
  source: SourceText,
  settings: EngineSettings = {},
): Promise<Issue[]> {
  const linter = await engines.engine(entry);
  try {
    return await linter.lint(source, settings);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    engines.renew(entry);
    const [reason] = messageOf(error).split("\n", 1);
    return [failedAnalysis(`This file cannot be analysed: ${entry.name} failed (${reason})`)];
  }
}
