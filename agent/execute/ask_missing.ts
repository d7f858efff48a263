import { isObject } from "../../config/is_object.ts";
import { oneLine } from "../../config/one_line.ts";
import { askQuestions } from "../understand/ask_questions.ts";
import { propertiesOf } from "./schema_fields.ts";
import type { Question } from "../person.ts";
import type { ToolInfo } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/**
 * Asks the person for arguments that neither the message nor a model gives.
 *
 * @returns what they said, by field; empty when nobody says
 */
export async function askMissing(
  fields: string[],
  tool: ToolInfo,
  state: TurnState,
): Promise<Record<string, unknown>> {
  const questions = fields.map((field) => questionFor(field, tool));
  const answers = await askQuestions(questions, state) ?? [];
  const said = fields.slice(0, answers.length).map((field, i) => [field, answers[i]!] as const);
  return Object.fromEntries(said.filter(([, answer]) => answer !== ""));
}

function questionFor(field: string, { title, name, inputSchema }: ToolInfo): Question {
  const schema = propertiesOf(inputSchema)[field];
  const { type, description, enum: options } = isObject(schema) ? schema : {};
  const about = typeof description === "string" ? ` (${oneLine(description, 120)})` : "";
  const given = Array.isArray(options) ? options.slice(0, 6).map(String) : [];
  return {
    text: `Which ${oneLine(field, 60)} for ${oneLine(title || name, 80)}?${about}`,
    choices: type === "boolean" ? ["true", "false"] : given.length > 1 ? given : [],
    field,
  };
}
