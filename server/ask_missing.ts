import {
  type ClientCapabilities,
  type ElicitRequestFormParams,
  type InputRequest,
  inputRequired,
  inputResponse,
} from "@modelcontextprotocol/server";
import { isObject } from "../config/is_object.ts";
import type { ObjectSchema } from "../tools/tool_schemas.ts";

type Field = ElicitRequestFormParams["requestedSchema"]["properties"][string];
type Schema = Record<string, unknown>;

/** What forms may say of a field; everything else of a schema is checked when the tool is called. */
const KEYWORDS = [
  ...["type", "title", "description", "default", "enum", "minLength", "maxLength"],
  ...["minimum", "maximum", "minItems", "maxItems"],
];
/** Forms are shown by other programs: what is secret is never asked for in one. */
const SECRET = /pass(word|phrase)|secret|token|api_?key|credential|private_?key/i;

/** Whether a client shows forms; before there were kinds, every client that asks did. */
export function canShowForms({ elicitation }: ClientCapabilities): boolean {
  return elicitation !== undefined && (elicitation.form !== undefined || !elicitation.url);
}

/** The names of required arguments that are not given. */
export function missingArguments({ required }: ObjectSchema, args: Schema): string[] {
  return Array.isArray(required) ? required.filter((name) => args[name] === undefined) : [];
}

/** A form for arguments; undefined where one of them fits no form. */
export function askArguments(
  title: string,
  { properties }: ObjectSchema,
  names: string[],
): InputRequest | undefined {
  const fields = names.map((name) => [name, fieldOf(name, properties)] as const);
  if (fields.some(([, field]) => field === undefined)) return undefined;
  return inputRequired.elicit({
    message: `${title} needs ${names.map((name) => `\`${name}\``).join(" and ")}`,
    requestedSchema: {
      type: "object",
      properties: Object.fromEntries(fields) as Record<string, Field>,
      required: names,
    },
  });
}

function fieldOf(name: string, properties: unknown): Schema | undefined {
  const schema = isObject(properties) && properties[name];
  if (!isObject(schema) || SECRET.test(name)) return undefined;
  const known = KEYWORDS.filter((keyword) => keyword in schema);
  const field = Object.fromEntries(known.map((keyword) => [keyword, schema[keyword]]));
  if (["string", "number", "integer", "boolean"].includes(field.type as string)) return field;
  const { items } = schema;
  const isChoice = field.type === "array" && isObject(items) && Array.isArray(items.enum);
  return isChoice ? { ...field, items: { type: "string", enum: items.enum } } : undefined;
}

/** What the person filled in, of what was asked for; or why there is nothing. */
export function readArguments(
  responses: Record<string, unknown> | undefined,
  key: string,
  names: string[],
): { filled: Schema } | { refused: string } {
  const view = inputResponse(responses, key);
  if (view.kind !== "elicit") return { filled: {} };
  if (view.action !== "accept") {
    return { refused: view.action === "decline" ? "declined" : "dismissed" };
  }
  const given = view.content ?? {};
  const filled = names.filter((name) => Object.hasOwn(given, name));
  return { filled: Object.fromEntries(filled.map((name) => [name, given[name]])) };
}
