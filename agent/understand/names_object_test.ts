import assert from "node:assert/strict";
import { namesObject } from "./names_object.ts";
import { readMessage } from "./read_message.ts";

const sight = { code: { path: "src/app.py" } };

Deno.test("namesObject() wants to know what a tool is used on", () => {
  const table: [tool: string, said: string, named: boolean][] = [
    ["generate_code", "write me a poem", false],
    ["generate_code", "create a good mood", false],
    ["generate_code", "write me a parser of dates", true],
    ["generate_code", "cook something up in python", true],
    ["generate_code", "rework it", true],
    ["generate_tests", "run the tests", false],
    ["generate_tests", "My tests are slow. Is that normal?", false],
    ["generate_tests", "put it under test", true],
    ["review_code", "give src/app.py a thorough bug hunt", true],
    ["review_code", "what is wrong in src/app.py?", true],
    ["review_code", "review the situation", false],
    ["review_code", "I reviewed src/app.py and found nothing", false],
    ["review_code", "my colleague said something of src/app.py", false],
    ["format_code", "tidy:\n```python\nx=1\n```", true],
    ["formalize_task", "a spec: people want a cart", true],
    ["formalize_task", "what a task", false],
    ["write_file", "save the whales", false],
  ];
  for (const [tool, said, named] of table) {
    assert.equal(namesObject(tool, { message: readMessage(said), sight }), named, said);
  }
});
