import assert from "node:assert/strict";
import { askArguments, canShowForms, missingArguments } from "./ask_missing.ts";

const schema = (properties: object) => ({ type: "object" as const, properties, required: ["x"] });

const fields: [string, object, object | undefined][] = [
  ["a text", { type: "string", minLength: 1, pattern: "^a" }, { type: "string", minLength: 1 }],
  ["a number", { type: "integer", maximum: 5, default: 2 }, {
    type: "integer",
    maximum: 5,
    default: 2,
  }],
  ["a choice", { type: "string", enum: ["a", "b"], title: "T" }, {
    type: "string",
    enum: ["a", "b"],
    title: "T",
  }],
  ["choices", { type: "array", items: { type: "string", enum: ["a"] }, maxItems: 2 }, {
    type: "array",
    items: { type: "string", enum: ["a"] },
    maxItems: 2,
  }],
  ["a list of anything", { type: "array", items: { type: "string" } }, undefined],
  ["an object", { type: "object" }, undefined],
  ["no schema", true as never, undefined],
];

for (const [what, given, expected] of fields) {
  Deno.test(`askArguments() ${expected ? "asks" : "does not ask"} for ${what}`, () => {
    const form = askArguments("T", schema({ x: given }), ["x"]);
    const params = form?.params as { requestedSchema: { properties: object } } | undefined;
    const shown = params && JSON.parse(JSON.stringify(params.requestedSchema.properties));
    assert.deepEqual(shown?.x, expected);
  });
}

Deno.test("askArguments() never asks for secrets", () => {
  for (const name of ["password", "apiKey", "access_token", "clientSecret", "private_key"]) {
    assert.equal(askArguments("T", schema({ [name]: { type: "string" } }), [name]), undefined);
  }
});

Deno.test("missingArguments() are those that are required and not given", () => {
  const { properties } = schema({ x: {}, y: {} });
  const input = { type: "object" as const, properties, required: ["x", "y"] };
  assert.deepEqual(missingArguments(input, { x: 0 }), ["y"]);
  assert.deepEqual(missingArguments({ type: "object" }, {}), []);
});

Deno.test("canShowForms() of clients before there were kinds, and of those that say", () => {
  assert.equal(canShowForms({}), false);
  assert.equal(canShowForms({ elicitation: {} }), true);
  assert.equal(canShowForms({ elicitation: { form: {} } }), true);
  assert.equal(canShowForms({ elicitation: { url: {} } }), false);
  assert.equal(canShowForms({ elicitation: { form: {}, url: {} } }), true);
});
