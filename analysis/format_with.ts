import { messageOf } from "../config/message_of.ts";
import { ToolError } from "../config/tool_error.ts";
import type { EngineConfig, EngineEntry, Formatter, SourceText } from "./engine.ts";
import type { Engines } from "./engines.ts";

/**
 * A text as an engine lays it out. An engine that traps is made anew for the next file.
 *
 * @throws {ToolError} when it cannot be formatted, or the configuration is broken
 */
export async function formatWith(
  engines: Engines,
  entry: EngineEntry<Formatter>,
  source: SourceText,
  config?: EngineConfig,
): Promise<string> {
  const formatter = await engines.engine(entry);
  try {
    return await formatter.format(source, { config });
  } catch (error) {
    if (error instanceof ToolError) throw error;
    engines.renew(entry);
    const [reason] = messageOf(error).split("\n", 1);
    throw new ToolError(
      `Cannot format ${JSON.stringify(source.path)}: ${entry.name} failed (${reason})`,
      { hint: "the file is unchanged", cause: error },
    );
  }
}
