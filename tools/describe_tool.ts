import type { ToolEntry } from "./mod.ts";
import type { Effects, ModelUse } from "./tool.ts";
import type { ToolSchemas } from "./tool_schemas.ts";

/** As far as the reference needs it. */
interface JsonSchema {
  type?: string;
  anyOf?: JsonSchema[];
  enum?: unknown[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  description?: string;
  default?: unknown;
}

const EFFECTS: Record<Effects, string> = {
  none: "touches nothing",
  model: "",
  reads: "reads files of the workspace",
  writes: "writes files of the workspace",
  runs: "runs programs",
};

const MODEL_USES: Record<ModelUse, string> = {
  always: "needs a language model",
  optionally: "asks a language model where one is there",
};

const INPUT_HEAD = "| field | type | default | meaning |\n| --- | --- | --- | --- |\n";
const OUTPUT_HEAD = "| field | type | meaning |\n| --- | --- | --- |\n";

/** A tool's part of the reference, as Markdown: what it does, takes and gives. */
export function describeTool(
  tool: Pick<ToolEntry, "name" | "summary" | "effects" | "asksModel" | "configured">,
  { input, output }: ToolSchemas,
): string {
  const command = `devmcp ${tool.name.replaceAll("_", "-")}`;
  return `## ${tool.name}

${tool.summary} It ${doings(tool)}. Command: \`${command}\`

### Input

${INPUT_HEAD}${inputRows(input as JsonSchema).join("\n")}
${configuredNote(tool.configured)}
### Output

${OUTPUT_HEAD}${outputRows(output as JsonSchema).join("\n")}
`;
}

/** What the tool does to the world, as the end of a sentence. */
function doings({ effects, asksModel }: Pick<ToolEntry, "effects" | "asksModel">): string {
  const found = [EFFECTS[effects], asksModel ? MODEL_USES[asksModel] : ""].filter(Boolean);
  return found.join(", and ");
}

interface Field {
  name: string;
  schema: JsonSchema;
}

function inputRows(schema: JsonSchema): string[] {
  return fieldsOf(schema).map(({ name, schema }) => {
    const fallback = "default" in schema ? `\`${JSON.stringify(schema.default)}\`` : "";
    return `| \`${name}\` | ${typeOf(schema)} | ${fallback} | ${schema.description} |`;
  });
}

function outputRows(schema: JsonSchema): string[] {
  return fieldsOf(schema).map(({ name, schema }) =>
    `| \`${name}\` | ${typeOf(schema)} | ${schema.description} |`
  );
}

/** Those within others come after them, with the way to them in their names. */
function fieldsOf(schema: JsonSchema, prefix = ""): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const inner = field.anyOf?.find((one) => one.properties) ?? field.items ?? field;
    const name = `${prefix}${key}`;
    const nested = inner.properties ? fieldsOf(inner, `${name}${field.items ? "[]" : ""}.`) : [];
    return [{ name, schema: field }, ...nested];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.join(" \\| ");
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(" \\| ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? "any";
}

/** Which defaults are not those of the table where the user has set others. */
function configuredNote(fields: string[] = []): string {
  if (fields.length === 0) return "";
  const listed = new Intl.ListFormat("en").format(fields.map((field) => `\`${field}\``));
  return `\ndevmcp.yaml changes the default of ${listed}.\n`;
}
