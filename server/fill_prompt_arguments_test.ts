import assert from "node:assert/strict";
import { isInputRequiredResult } from "@modelcontextprotocol/server";
import { fillPromptArguments } from "./fill_prompt_arguments.ts";

const PROMPT = {
  name: "explain",
  arguments: [
    { name: "code", description: "What to explain", required: true },
    { name: "language" },
  ],
};
const FORMS = { elicitation: {} };

function answer(action: string, content?: Record<string, unknown>) {
  return { arguments: { action, content } };
}

Deno.test("fillPromptArguments() asks for what is required and missing", () => {
  const asked = fillPromptArguments(PROMPT, { language: "go" }, FORMS, undefined);
  assert.ok(isInputRequiredResult(asked));
  const { params } = asked.inputRequests!.arguments!;
  const schema = (params as { requestedSchema: { properties: object } }).requestedSchema;
  assert.deepEqual(Object.keys(schema.properties), ["code"]);
});

const KEPT: [string, Parameters<typeof fillPromptArguments>, Record<string, string>][] = [
  ["nothing is missing", [PROMPT, { code: "x" }, FORMS, undefined], { code: "x" }],
  ["the client shows no forms", [PROMPT, {}, {}, undefined], {}],
  ["the person declines", [PROMPT, {}, FORMS, answer("decline")], {}],
  ["the person cancels", [PROMPT, {}, FORMS, answer("cancel")], {}],
  ["a secret is missing", [
    { name: "p", arguments: [{ name: "api_key", required: true }] },
    {},
    FORMS,
    undefined,
  ], {}],
];

for (const [when, given, expected] of KEPT) {
  Deno.test(`fillPromptArguments() keeps the arguments where ${when}`, () => {
    assert.deepEqual(fillPromptArguments(...given), expected);
  });
}

Deno.test("fillPromptArguments() takes what the person filled in, and nothing else", () => {
  const responses = answer("accept", { code: "x", language: "go", other: "y" });
  const filled = fillPromptArguments(PROMPT, {}, FORMS, responses);
  assert.deepEqual(filled, { code: "x" });
});

Deno.test("fillPromptArguments() asks again where the answer is of the wrong type", () => {
  const asked = fillPromptArguments(PROMPT, {}, FORMS, answer("accept", { code: 1 }));
  assert.ok(isInputRequiredResult(asked));
});
