import assert from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../config/tool_error.ts";
import { fillPrompt, placeholdersOf } from "./fill.ts";
import type { Prompt } from "./prompt.ts";

function prompt(template: string): Prompt {
  return { name: "p", title: "P", description: "D", instructions: "Be {{kind}}.", template };
}

Deno.test("fillPrompt() sends the instructions as they are, then the filled template", () => {
  assert.deepEqual(fillPrompt(prompt("{{a}} and {{ b }}, {{a}}"), { a: "1", b: "2" }), [
    { role: "system", content: "Be {{kind}}." },
    { role: "user", content: "1 and 2, 1" },
  ]);
});

Deno.test("fillPrompt() never searches a value for placeholders or patterns", () => {
  const values = { a: "{{b}} $1 $& $$", b: "no" };
  assert.equal(fillPrompt(prompt("<{{a}}>"), values)[1]?.content, "<{{b}} $1 $& $$>");
});

Deno.test("fillPrompt() names a placeholder without a value, an inherited one too", () => {
  for (const name of ["missing", "constructor"]) {
    assert.throws(
      () => fillPrompt(prompt(`{{${name}}}`), { a: "" }),
      (error) =>
        error instanceof ToolError && error.message.includes(`"{{${name}}}"`) &&
        error.hint === "it may use {{a}}",
    );
  }
});

Deno.test("fillPrompt() leaves other braces alone", () => {
  const template = "{a} {{}} {{ a b }} {{1}} {{{a";
  assert.equal(fillPrompt(prompt(template), {})[1]?.content, template);
});

Deno.test("fillPrompt() gives any value back unchanged", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
    assert.equal(fillPrompt(prompt("{{a}}|{{b}}"), { a, b })[1]?.content, `${a}|${b}`);
  }));
});

Deno.test("placeholdersOf() lists each name once", () => {
  assert.deepEqual(placeholdersOf("{{b}} {{ a }} {{b}}"), ["b", "a"]);
});
