import { isObject } from "../../config/is_object.ts";
import { oneLine } from "../../config/one_line.ts";
import { boundSchema } from "../execute/check_schema.ts";
import { propertiesOf, requiredOf } from "../execute/schema_fields.ts";
import type { ToolInfo } from "../execute/toolbox.ts";

const DESCRIPTION = 240;
const FIELDS = 12;

/** Tools for a prompt, a line each: what a server says of itself stays on its line and is quoted. */
export function describeTools(tools: ToolInfo[]): string {
  return tools.map(({ name, title, description, inputSchema }) => {
    const fields = Object.keys(propertiesOf(inputSchema)).filter((field) =>
      /^[\w.-]{1,40}$/.test(field)
    );
    const about = JSON.stringify(oneLine(description || title, DESCRIPTION));
    return `- ${oneLine(name, 100)}: ${about} (${fields.slice(0, FIELDS).join(", ")})`;
  }).join("\n");
}

/** The fields of a tool's arguments for a prompt, a line each. */
export function describeFields({ inputSchema }: ToolInfo, only: string[]): string {
  const schema = boundSchema(inputSchema);
  const required = requiredOf(schema);
  return Object.entries(propertiesOf(schema)).filter(([name]) => only.includes(name))
    .map(([name, field]) => {
      const { type, description, enum: options } = isObject(field) ? field : {};
      const kind = [
        [type].flat().join(" or "),
        required.includes(name) ? "required" : "",
      ]
        .filter(Boolean).join(", ");
      const choices = Array.isArray(options) ? `; one of ${options.slice(0, 30).join(", ")}` : "";
      return oneLine(`- ${name} (${kind}): ${description ?? ""}${choices}`, 400);
    }).join("\n");
}
