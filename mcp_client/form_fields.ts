import { isObject } from "../config/is_object.ts";
import { oneLine } from "../config/one_line.ts";

export type FormValue = string | number | boolean | string[];

/** A field of a form that a server wants filled in. Its texts are hostile. */
export interface FormField {
  name: string;
  title: string;
  description: string;
  kind: "text" | "number" | "integer" | "boolean" | "choice" | "choices";
  required: boolean;
  /** Of `choice` and `choices`. */
  options: { value: string; title: string }[];
  default?: FormValue;
  /** Of a number; of a text its length; of `choices` how many. */
  min?: number;
  max?: number;
  /** Of a text: `email`, `uri`, `date`, `date-time`. */
  format?: string;
}

type Fields = Record<string, unknown>;

const MAX_FIELDS = 32;
const MAX_OPTIONS = 100;

/** The fields of a form's JSON Schema, which is flat. Undefined for one that is not. */
export function readFields(schema: unknown): FormField[] | undefined {
  if (!isObject(schema) || !isObject(schema.properties)) return undefined;
  const entries = Object.entries(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields = entries.map(([name, field]) => readField(name, field, required.includes(name)));
  const isWhole = entries.length <= MAX_FIELDS && fields.every((field) => field !== undefined);
  return isWhole ? fields as FormField[] : undefined;
}

function readField(name: string, schema: unknown, required: boolean): FormField | undefined {
  if (!isObject(schema)) return undefined;
  const kind = kindOf(schema);
  if (!kind) return undefined;
  const { title, description, format } = schema;
  const [min, max] = limitsOf(schema, kind);
  return {
    name,
    title: oneLine(asText(title) || name, 100),
    description: oneLine(asText(description), 400),
    kind,
    required,
    options: kind.startsWith("choice") ? optionsOf(schema) : [],
    ...isValue(schema.default) && { default: schema.default },
    ...min !== undefined && { min },
    ...max !== undefined && { max },
    ...typeof format === "string" && { format },
  };
}

function kindOf(schema: Fields): FormField["kind"] | undefined {
  if (schema.type === "array") return optionsOf(schema).length > 0 ? "choices" : undefined;
  if (schema.type === "string") return optionsOf(schema).length > 0 ? "choice" : "text";
  return (["number", "integer", "boolean"] as const).find((kind) => kind === schema.type);
}

/** Plain (`enum`), with titles (`oneOf`, `anyOf`, the older `enumNames`), and those of a list's items. */
function optionsOf(schema: Fields): FormField["options"] {
  const from = isObject(schema.items) ? schema.items : schema;
  const titled = [from.oneOf, from.anyOf].find(Array.isArray) as unknown[] | undefined;
  const names = Array.isArray(from.enumNames) ? from.enumNames : [];
  const options = titled
    ? titled.map((one) => isObject(one) ? { value: one.const, title: one.title } : {})
    : (Array.isArray(from.enum) ? from.enum : []).map((value, i) => ({ value, title: names[i] }));
  return options.slice(0, MAX_OPTIONS).flatMap(({ value, title }) =>
    typeof value === "string" ? [{ value, title: oneLine(asText(title) || value, 100) }] : []
  );
}

function limitsOf(schema: Fields, kind: FormField["kind"]): (number | undefined)[] {
  const [min, max] = kind === "text"
    ? [schema.minLength, schema.maxLength]
    : kind === "choices"
    ? [schema.minItems, schema.maxItems]
    : [schema.minimum, schema.maximum];
  return [min, max].map((one) => typeof one === "number" ? one : undefined);
}

function isValue(value: unknown): value is FormValue {
  return ["string", "number", "boolean"].includes(typeof value) ||
    Array.isArray(value) && value.every((one) => typeof one === "string");
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
