import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";

/**
 * The tools that `tools.enabled` of the configuration names, to offer to clients; all when it names none.
 *
 * @throws {ToolError} for a name that is no tool
 */
export function enabledTools(tools: ToolEntry[], enabled: string[] = []): ToolEntry[] {
  if (enabled.length === 0) return tools;
  const names = tools.map(({ name }) => name);
  const unknown = enabled.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ToolError(
      `Cannot offer ${JSON.stringify(unknown)}: no such tool${suggestion(unknown, names)}`,
      { hint: 'correct tools.enabled; "devmcp config show" tells where it is set' },
    );
  }
  return tools.filter(({ name }) => enabled.includes(name));
}
