import type { Config } from "../config/config.ts";
import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { enabledTools } from "./enabled_tools.ts";
import type { ServeFlags } from "./serve/serve_flags.ts";

/**
 * The tools that a server offers: those of `--tools`, else of the configuration. The client may ask
 * nobody before it calls one, so that those that change something are offered only when asked for.
 *
 * @throws {ToolError} for a name that is no tool, or one of a tool that is not offered so
 */
export function chosenTools(
  tools: ToolEntry[],
  { tools: names, allowWrites, readOnly }: Pick<ServeFlags, "tools" | "allowWrites" | "readOnly">,
  config?: Config,
): ToolEntry[] {
  const isReadOnly = readOnly ?? config?.server.read_only ?? false;
  const isOffered = (tool: ToolEntry) => allowWrites && !isReadOnly || !mayChange(tool);
  if (!names) return enabledTools(tools, config?.tools.enabled).filter(isOffered);
  const chosen = namedTools(tools, names);
  const refused = chosen.find((tool) => !isOffered(tool));
  if (refused) throw notOffered(refused, isReadOnly);
  return chosen;
}

function notOffered({ name, effects }: ToolEntry, isReadOnly: boolean): ToolError {
  const does = effects === "writes" ? "writes files" : "runs code";
  const hint = isReadOnly
    ? "take it out of --tools, or end --read-only and server.read_only"
    : "add --allow-writes, or take it out of --tools";
  return new ToolError(`Cannot offer ${JSON.stringify(name)}: it ${does}`, { hint });
}

function namedTools(tools: ToolEntry[], names: string[]): ToolEntry[] {
  const known = tools.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return tools.filter(({ name }) => names.includes(name));
  throw new ToolError(
    `Cannot offer ${JSON.stringify(unknown)}: no such tool${suggestion(unknown, known)}`,
    { hint: 'correct --tools; "devmcp tools" lists them' },
  );
}

function mayChange({ effects }: ToolEntry): boolean {
  return effects === "writes" || effects === "runs";
}
