import * as z from "zod";
import { isObject } from "../../config/is_object.ts";
import { oneLine } from "../../config/one_line.ts";
import { abridge } from "../../models/context/abridge.ts";
import { ModelError } from "../../models/model_error.ts";
import { askStructured } from "../../models/structured/structured.ts";
import { fillPrompt } from "../../prompts/fill.ts";
import type { PlanStep } from "../../sessions/session.ts";
import { boundSchema } from "./check_schema.ts";
import { describeFields } from "../plan/describe_tools.ts";
import { quoteMessage } from "../answer/quote_message.ts";
import { readMessage } from "../understand/read_message.ts";
import { propertiesOf, requiredOf } from "./schema_fields.ts";
import type { ToolInfo, ToolResult } from "./toolbox.ts";
import type { TurnState } from "../turn_state.ts";

const MAX_TOKENS = 600;
const RESULT = 1_200;
const VALUE = 200;

/** The arguments of a call, or why there are none. */
export type FilledArguments =
  | { ok: true; arguments: Record<string, unknown> }
  | { ok: false; problem: string };

export interface ArgumentsQuestion {
  step: PlanStep;
  tool: ToolInfo;
  state: TurnState;
  results: ReadonlyMap<string, ToolResult>;
  /** What is known of the arguments. */
  given: Record<string, unknown>;
  /** The fields that are asked for. */
  wanted: string[];
  problem: string;
}

/** Asks the chat model for some of a tool's arguments; they may hold references, and are not checked yet. */
export async function askArguments(question: ArgumentsQuestion): Promise<FilledArguments> {
  const { tool, state, wanted } = question;
  try {
    const model = await state.chatModel();
    const { value } = await askStructured(model, {
      messages: await promptFor(question),
      schema: schemaOf(tool, wanted),
      maxTokens: MAX_TOKENS,
      signal: state.signal,
    });
    return { ok: true, arguments: value };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { ok: false, problem: error.message };
  }
}

async function promptFor(
  { tool, state, given, wanted, problem, results, step }: ArgumentsQuestion,
) {
  const prompt = await state.world.prompts.load("chat_arguments");
  return fillPrompt(prompt, {
    tool: oneLine(tool.name, 100),
    fields: describeFields(tool, wanted),
    given: abridge(JSON.stringify(shorten(given)), 2_000),
    problem: oneLine(problem, 600) || "nothing",
    results: describeResults(step, results),
    purpose: oneLine(step.purpose, 200),
    message: quoteMessage(readMessage(state.input)),
  });
}

function shorten(args: Record<string, unknown>): Record<string, unknown> {
  const short = (value: unknown) => typeof value === "string" ? oneLine(value, VALUE) : value;
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, short(value)]));
}

/** The results that the step is to build on, else all, each as quoted data with the names of its fields. */
function describeResults(step: PlanStep, results: ReadonlyMap<string, ToolResult>): string {
  const used = step.needs.filter((id) => results.has(id));
  const ids = used.length > 0 ? used : [...results.keys()].slice(-3);
  const parts = ids.slice(-4).map((id) => {
    const { data, text } = results.get(id)!;
    const fields = Object.keys(data ?? {}).slice(0, 20).filter((name) =>
      /^[\w-]{1,60}$/.test(name)
    );
    const names = fields.length > 0 ? ` (fields: ${fields.join(", ")})` : "";
    return `${id}${names}: ${JSON.stringify(abridge(text, RESULT))}`;
  });
  return parts.join("\n") || "none";
}

/** Any object of the tool's fields: what is wrong with it is checked, and told, elsewhere. */
function schemaOf(tool: ToolInfo, wanted: string[]): z.ZodType<Record<string, unknown>> {
  const schema = boundSchema(tool.inputSchema);
  const fields = Object.entries(propertiesOf(schema)).filter(([name]) => wanted.includes(name));
  const needed = requiredOf(schema).filter((name) => wanted.includes(name));
  return z.any().superRefine((value, context) => {
    if (!isObject(value)) return context.addIssue("expected an object");
    const missing = needed.filter((name) => value[name] === undefined || value[name] === null);
    for (const name of missing) context.addIssue(`${name}: it is missing`);
  }).meta({
    type: "object",
    properties: Object.fromEntries(fields),
    required: needed,
    additionalProperties: false,
  });
}
