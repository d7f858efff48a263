import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { helpColumns, renderRows, wrap } from "../cli/help.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { paletteOf } from "../cli/style.ts";
import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolEntry } from "../tools/mod.ts";

export function define(command: Command, app: App): void {
  command
    .argument("[name]", "a tool, to show what it takes and gives")
    .option("--json", "as JSON; of one tool its JSON Schemas too")
    .action((name: string | undefined, flags: { json?: boolean }) =>
      name === undefined ? listTools(app, flags) : showTool(app, findTool(app, name), flags)
    );
  command.registeredArguments[0]!.argChoices = app.tools.map((tool) => tool.name);
  addExamples(command, [
    ["devmcp tools", "all tools"],
    ["devmcp tools review_code --json", "one tool's JSON Schemas"],
  ]);
}

function listTools({ tools, stdout }: App, { json }: { json?: boolean }): void {
  const listed = tools.map(({ name, title, summary, effects }) => ({
    name,
    title,
    summary,
    effects,
  }));
  if (json) return stdout.write(`${toJson({ version: 1, tools: listed }, 2)}\n`);
  stdout.write(renderRows(listed.map(({ name, summary }) => [name, summary]), stdout));
}

function findTool({ tools }: App, name: string): ToolEntry {
  const wanted = name.replaceAll("-", "_");
  const found = tools.find((tool) => tool.name === wanted);
  if (found) return found;
  const names = tools.map((tool) => tool.name);
  throw new ToolError(`Cannot show "${name}": no such tool${suggestion(name, names)}`, {
    hint: 'run "devmcp tools" to see all tools',
  });
}

async function showTool(app: App, entry: ToolEntry, { json }: { json?: boolean }): Promise<void> {
  const [{ toolSchemas }, tool] = await Promise.all([
    import("../tools/tool_schemas.ts"),
    entry.load(),
  ]);
  const { name, title, summary, effects } = entry;
  const schemas = toolSchemas(tool);
  const text = json
    ? toJson({ name, title, summary, effects, ...schemas }, 2)
    : renderTool(entry, schemas, app);
  app.stdout.write(`${text.trimEnd()}\n`);
}

function renderTool(
  { name, summary, effects }: ToolEntry,
  { input, output }: { input: Schema; output: Schema },
  { stdout }: App,
): string {
  const { strong } = paletteOf(stdout);
  const rows = (schema: Schema) => renderRows(fieldRows(schema), stdout);
  return [
    `${strong(name)}\n`,
    `${wrap(sanitizeLine(summary), helpColumns(stdout)).join("\n")}\nEffects: ${effects}\n`,
    `${strong("Takes:")}\n${rows(input)}`,
    `${strong("Gives:")}\n${rows(output)}`,
  ].join("\n");
}

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  description?: string;
  default?: unknown;
}

function fieldRows({ properties = {} }: Schema): [string, string][] {
  return Object.entries(properties).map(([name, field]) => {
    const fallback = field.default === undefined
      ? ""
      : `, default ${JSON.stringify(field.default)}`;
    return [name, `${field.description ?? ""} [${typeOf(field)}${fallback}]`];
  });
}

function typeOf(schema: Schema): string {
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" | ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? "any";
}
