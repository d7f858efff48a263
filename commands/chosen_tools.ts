import type { Config } from "../config/config.ts";
import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { enabledTools } from "./enabled_tools.ts";
import type { ServeFlags } from "./serve_flags.ts";

/**
 * The tools that a server offers: those of `--tools`, else of the configuration. The client may ask
 * nobody before it calls one, so that those that change something are offered only when asked for.
 *
 * @throws {ToolError} for a name that is no tool
 */
export function chosenTools(
  tools: ToolEntry[],
  { tools: names, allowWrites, readOnly }: Pick<ServeFlags, "tools" | "allowWrites" | "readOnly">,
  config?: Config,
): ToolEntry[] {
  const chosen = names ? namedTools(tools, names) : enabledTools(tools, config?.tools.enabled);
  const isReadOnly = readOnly ?? config?.server.read_only ?? false;
  return chosen.filter((tool) => allowWrites && !isReadOnly || !mayChange(tool));
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
