import assert from "node:assert/strict";
import { mayAskModel } from "./may_ask_model.ts";

const always = { asksModel: "always" } as const;
const optionally = { asksModel: "optionally" } as const;

const table: [string, Parameters<typeof mayAskModel>, boolean][] = [
  ["an unknown tool", [undefined, { model: "require" }], false],
  ["a tool that asks none", [{}, { model: "require" }], false],
  ["a tool that always asks", [always, { model: "off" }], true],
  ["a tool that asks as it likes", [optionally], true],
  ["one that is to ask", [optionally, { model: "require" }], true],
  ["one that is not to ask", [optionally, { model: "off" }], false],
];

for (const [what, args, expected] of table) {
  Deno.test(`mayAskModel() says ${expected} of ${what}`, () =>
    assert.equal(mayAskModel(...args), expected));
}
