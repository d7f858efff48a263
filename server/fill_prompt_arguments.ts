import {
  type ClientCapabilities,
  inputRequired,
  type InputRequiredResult,
  type InputResponses,
  type Prompt,
} from "@modelcontextprotocol/server";
import { askArguments, canShowForms, missingArguments, readArguments } from "./ask_missing.ts";
import type { ObjectSchema } from "../tools/tool_schemas.ts";

type Arguments = Record<string, string>;

/** By which the answer is found. */
const KEY = "arguments";

/**
 * A prompt's arguments with those that the person filled in, or what asks for the missing ones where
 * the client can.
 */
export function fillPromptArguments(
  prompt: Prompt,
  args: Arguments,
  client: ClientCapabilities,
  responses: InputResponses | Record<string, unknown> | undefined,
): Arguments | InputRequiredResult {
  const schema = schemaOf(prompt);
  const missing = missingArguments(schema, args);
  if (missing.length === 0 || !canShowForms(client)) return args;
  const answer = readArguments(responses, KEY, missing);
  if ("refused" in answer) return args;
  const filled = Object.entries(answer.filled).filter(([, value]) => typeof value === "string");
  if (filled.length > 0) return { ...args, ...Object.fromEntries(filled) as Arguments };
  const form = askArguments(prompt.title ?? prompt.name, schema, missing);
  return form ? inputRequired({ inputRequests: { [KEY]: form } }) : args;
}

function schemaOf({ arguments: declared = [] }: Prompt): ObjectSchema {
  const fields = declared.map(({ name, description }) =>
    [name, { type: "string", description }] as const
  );
  return {
    type: "object",
    properties: Object.fromEntries(fields),
    required: declared.filter(({ required }) => required).map(({ name }) => name),
  };
}
