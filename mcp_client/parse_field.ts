import type { FormField, FormValue } from "./form_fields.ts";

/** A field's value out of what a person typed; `value` undefined: left empty, as it may be. */
export type ParsedField = { value: FormValue | undefined } | { problem: string };

/** Reads what a person typed for a field; nothing stands for its default. */
export function parseField(field: FormField, typed: string): ParsedField {
  const text = typed.trim();
  if (text === "") {
    if (field.default !== undefined) return { value: field.default };
    return field.required ? { problem: "it has to be filled in" } : { value: undefined };
  }
  const parsed = PARSERS[field.kind](text, field);
  const problem = parsed === undefined ? expected(field) : outside(parsed, field);
  return problem === undefined ? { value: parsed } : { problem };
}

const PARSERS: Record<
  FormField["kind"],
  (text: string, field: FormField) => FormValue | undefined
> = {
  text: (text, { format }) => hasFormat(text, format) ? text : undefined,
  number: (text) => Number.isFinite(Number(text)) ? Number(text) : undefined,
  integer: (text) => Number.isSafeInteger(Number(text)) ? Number(text) : undefined,
  boolean: (text) =>
    /^(y|yes|true|on)$/i.test(text) || (/^(n|no|false|off)$/i.test(text) ? false : undefined),
  choice: findOption,
  choices(text, field) {
    const found = text.split(",").map((one) => findOption(one.trim(), field));
    return found.every((one) => one !== undefined) ? [...new Set(found)] as string[] : undefined;
  },
};

/** By its number in the list, its value or its title. */
function findOption(text: string, { options }: FormField): string | undefined {
  const same = (one: string) => one.toLowerCase() === text.toLowerCase();
  const found = options.find(({ value, title }) => same(value) || same(title));
  return (found ?? (/^\d+$/.test(text) ? options[Number(text) - 1] : undefined))?.value;
}

function hasFormat(text: string, format: string | undefined): boolean {
  if (format === "email") return /^[^\s@]+@[^\s@]+$/.test(text);
  if (format === "uri") return URL.canParse(text);
  if (format === "date") return /^\d{4}-\d{2}-\d{2}$/.test(text) && !isNaN(Date.parse(text));
  return format !== "date-time" || !isNaN(Date.parse(text));
}

function expected({ kind, format, options }: FormField): string {
  if (kind === "text") return `it must be of the form ${format}`;
  if (kind === "boolean") return "it must be yes or no";
  if (kind === "choice") return `it must be one of ${options.map(({ title }) => title).join(", ")}`;
  if (kind === "choices") {
    return `each must be one of ${options.map(({ title }) => title).join(", ")}`;
  }
  return kind === "integer" ? "it must be a whole number" : "it must be a number";
}

function outside(value: FormValue, { kind, min = -Infinity, max = Infinity }: FormField) {
  const size = typeof value === "object" || kind === "text" ? (value as string).length : value;
  if (typeof size !== "number" || size >= min && size <= max) return undefined;
  const what = kind === "text" ? "its length" : kind === "choices" ? "their number" : "it";
  return size < min ? `${what} must be at least ${min}` : `${what} must be at most ${max}`;
}
