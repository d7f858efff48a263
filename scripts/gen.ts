/**
 * Writes what is derived from the tools' definitions: tools/mod.ts, tools/schemas.json, docs/tools.md, and the table
 * of tools in README.md; prompts/mod.ts from the prompts beside it; and the keys in docs/configuration.md from their schema.
 * With `--check`, writes nothing and exits 1 when one of them is stale.
 */
import { fileURLToPath } from "node:url";
import { expectedValue } from "../config/expected_value.ts";
import { CONFIG_KEYS, type ConfigKey, needsTrust } from "../config/keys.ts";
import { DEFAULTS } from "../config/schema.ts";
import { describeTool } from "../tools/describe_tool.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { Tool } from "../tools/tool.ts";
import { toolSchemas } from "../tools/tool_schemas.ts";

const root = new URL("../", import.meta.url);

async function loadTools(): Promise<Tool[]> {
  const names = await Array.fromAsync(Deno.readDir(new URL("tools/", root)), ({ name }) => name);
  const files = names.filter((name) => /(?<!_test)\.ts$/.test(name)).sort();
  const tools: Tool[] = [];
  for (const file of files) {
    const path = new URL(`tools/${file}`, root);
    if (!/^export const tool = defineTool\(/m.test(await Deno.readTextFile(path))) continue;
    const { tool } = await import(path.href);
    if (`${tool.name}.ts` !== file) throw new Error(`tools/${file} defines "${tool.name}"`);
    tools.push(tool);
  }
  return tools;
}

function toModule(tools: Tool[]): string {
  const entry = (tool: Tool) => {
    const fields = Object.entries(entryOf(tool)).map(([key, value]) =>
      `    ${key}: ${JSON.stringify(value)},`
    );
    return `  {
${fields.join("\n")}
    load: async () => (await import("./${tool.name}.ts")).tool as unknown as Tool,
  },`;
  };
  return `// Written by \`deno task gen\` from the tools beside it.
import type { Effects, ModelUse, Tool } from "./tool.ts";

/** What is known of a tool without loading it. */
export interface ToolEntry {
  name: string;
  title: string;
  summary: string;
  effects: Effects;
  asksModel?: ModelUse;
  /** Whether a server calls it in its own thread; see {@link Tool.instant}. @default false */
  instant?: true;
  /** Fields whose defaults the configuration changes. @default none */
  configured?: string[];
  load(): Promise<Tool>;
}

export const tools: ToolEntry[] = [
${tools.map(entry).join("\n")}
];
`;
}

/** Each Markdown file becomes a chunk of its own in the bundle, loaded when it is asked for. */
async function toPrompts(): Promise<string> {
  const table = async (folder: string) => {
    const entries = await Array.fromAsync(Deno.readDir(new URL(`prompts/${folder}`, root)));
    const files = entries.map(({ name }) => name).filter((name) => name.endsWith(".md")).sort();
    return files.map((file) =>
      `  [${
        JSON.stringify(file.slice(0, -3))
      }, () => import("./${folder}${file}", { with: { type: "text" } })],`
    ).join("\n");
  };
  return `// Written by \`deno task gen\` from the prompts beside it.
/** The text of each file by name, loaded when it is asked for. */
export type PromptTable = ReadonlyMap<string, () => Promise<{ default: string }>>;

/** What devmcp asks models itself. */
export const prompts: PromptTable = new Map([
${await table("")}
]);

/** The prompts and personas that MCP clients are offered. */
export const offered: PromptTable = new Map([
${await table("offered/")}
]);

/** How projects are laid out, by language. */
export const structures: PromptTable = new Map([
${await table("structures/")}
]);
`;
}

/** Written beforehand, as making them takes an MCP server 5 ms per tool at each start. */
function toSchemas(tools: Tool[]): string {
  const schemas = Object.fromEntries(tools.map((tool) => [tool.name, toolSchemas(tool)]));
  return `${JSON.stringify(schemas, null, 2)}\n`;
}

/** As \`deno fmt\` leaves it, so that the files pass as they are. */
async function formatted(path: string, text: string): Promise<string> {
  const extension = path.split(".").at(-1)!;
  const args = [
    "fmt",
    "--ext",
    extension,
    "--config",
    fileURLToPath(new URL("deno.json", root)),
    "-",
  ];
  const process = new Deno.Command(Deno.execPath(), { args, stdin: "piped", stdout: "piped" })
    .spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await process.output();
  if (!success) throw new Error(`deno fmt refused ${path}`);
  return new TextDecoder().decode(stdout);
}

/** What is known of a tool without loading it. */
function entryOf(tool: Tool): Omit<ToolEntry, "load"> {
  const { name, title, summary, effects, asksModel, instant } = tool;
  const configured = Object.keys(tool.configured?.(DEFAULTS) ?? {});
  return {
    name,
    title,
    summary,
    effects,
    ...asksModel && { asksModel },
    ...instant && { instant: true },
    ...configured.length > 0 && { configured },
  };
}

function toReference(tools: Tool[]): string {
  const parts = tools.map((tool) => describeTool(entryOf(tool), toolSchemas(tool)));
  return `# Tools

Every tool is an MCP tool, and a command of its own. This page is written by \`deno task gen\`.

[The language model](models.md) runs on your machine, or where you have configured it. A tool that
needs one fails at once where there is none, and says what to do. [The configuration](configuration.md)
is devmcp.yaml.

${parts.join("\n")}`;
}

/** Puts `inner` between the marks that name what is written there. */
function between(what: string, text: string, inner: string): string {
  const start = `<!-- ${what}: written by \`deno task gen\` -->\n`;
  const end = `<!-- /${what} -->`;
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`the marks ${start.trim()} … ${end} are missing`);
  return `${before}${start}${inner}${end}${after}`;
}

function toReadme(tools: Tool[], readme: string): string {
  const table = tools.map(({ name, summary }) =>
    `| [\`${name}\`](docs/tools.md#${name}) | ${summary} |\n`
  ).join("");
  return between("tools", readme, `| tool | what it does |\n| --- | --- |\n${table}`);
}

function toKeys(page: string): string {
  const head = "| key | value | default | meaning |\n| --- | --- | --- | --- |\n";
  const row = (key: ConfigKey) => {
    const { name, schema } = key;
    const cells = [
      `\`${name}\`${needsTrust(key) ? " (needs trust)" : ""}`,
      expectedValue(schema),
      `\`${JSON.stringify(schema.parse(undefined))}\``,
      schema.description ?? "",
    ];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  };
  return between("keys", page, head + [...CONFIG_KEYS.values()].map(row).join(""));
}

async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(new URL(path, root));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}

const tools = await loadTools();
const outputs: [string, string][] = [
  ["tools/mod.ts", toModule(tools)],
  ["tools/schemas.json", toSchemas(tools)],
  ["docs/tools.md", toReference(tools)],
  ["prompts/mod.ts", await toPrompts()],
  ["README.md", toReadme(tools, await readText("README.md"))],
  ["docs/configuration.md", toKeys(await readText("docs/configuration.md"))],
];
const stale: string[] = [];
for (const [path, written] of outputs) {
  const text = await formatted(path, written);
  if (await readText(path) === text) continue;
  stale.push(path);
  if (!Deno.args.includes("--check")) await Deno.writeTextFile(new URL(path, root), text);
}
if (Deno.args.includes("--check") && stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}; run \`deno task gen\``);
  Deno.exit(1);
}
