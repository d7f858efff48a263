import { isObject } from "../config/is_object.ts";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import { ToolError } from "../config/tool_error.ts";

/**
 * The arguments of a tool as a command line has them: `name=value`, where a value is a text unless the
 * tool's schema wants something else, which is then written as JSON.
 *
 * @throws {ToolError} for one that is no such pair, or no such JSON
 */
export function readArguments(pairs: string[], inputSchema: unknown): Record<string, unknown> {
  const properties = isObject(inputSchema) && isObject(inputSchema.properties)
    ? inputSchema.properties
    : {};
  return Object.fromEntries(pairs.map((pair) => {
    const at = pair.indexOf("=");
    if (at < 1) {
      throw new ToolError(`Cannot use --arg ${JSON.stringify(pair)}: it has no "="`, {
        hint: "give name=value",
      });
    }
    const name = pair.slice(0, at);
    return [name, toValue(name, pair.slice(at + 1), properties[name])] as const;
  }));
}

function toValue(name: string, text: string, schema: unknown): unknown {
  const types = [isObject(schema) ? schema.type : undefined].flat();
  if (types.every((type) => type === undefined) || types.includes("string")) return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ToolError(
      `Cannot use --arg ${name}: it must be ${types.join(" or ")}, written as JSON`,
      { cause: error },
    );
  }
}

/** The same, all as one JSON object. @throws {ToolError} when it is none */
export function parseArguments(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ToolError(`Cannot use the arguments: ${oneLine(messageOf(error), 200)}`);
  }
  if (isObject(value)) return value;
  throw new ToolError("Cannot use the arguments: they must be one JSON object");
}
