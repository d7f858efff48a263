import type { FormField, FormValue } from "../../mcp_client/form_fields.ts";
import type { ElicitAnswer } from "../../mcp_client/host_person.ts";
import { parseField } from "../../mcp_client/parse_field.ts";
import type { Surface } from "./surface.ts";

/** How often a field is asked for. */
const TRIES = 3;

/** Asks for the fields of a server's form, one after the other; Esc at one that is required ends it. */
export async function fillForm(
  fields: FormField[],
  surface: Surface,
  signal: AbortSignal,
): Promise<ElicitAnswer> {
  const content: Record<string, FormValue> = {};
  for (const field of fields) {
    const value = await askField(field, surface, signal);
    if (value === undefined && field.required) return { action: "cancel" };
    if (value !== undefined) content[field.name] = value;
  }
  return { action: "accept", content };
}

async function askField(
  field: FormField,
  surface: Surface,
  signal: AbortSignal,
): Promise<FormValue | undefined> {
  const choices = field.kind === "boolean" ? ["yes", "no"] : field.options.map((one) => one.title);
  const question = [field.title, field.description, field.required ? "" : "(may be left out)"]
    .filter(Boolean).join(" ");
  for (let tries = 0; tries < TRIES; tries++) {
    const typed = await surface.ask(question, choices, signal);
    if (typed === undefined) return undefined;
    const parsed = parseField(field, typed);
    if ("value" in parsed) return parsed.value;
    surface.notice(`${field.title}: ${parsed.problem}`);
  }
  return undefined;
}
