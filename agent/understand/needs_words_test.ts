import assert from "node:assert/strict";
import { fakeTurn } from "../fake_world.ts";
import { needsWords } from "./needs_words.ts";

const INTENT = { goal: "", tools: [], parameters: {}, confidence: 1, unclear: [] };

Deno.test("needsWords() tells questions about results from orders", () => {
  const cases: [input: string, needs: boolean][] = [
    ["Review src/app.py", false],
    ["Could you review src/app.py, please?", false],
    ["write tests for it and save them", false],
    ["Review src/app.py and explain the worst issue", true],
    ["Why is src/app.py so slow?", true],
    ["format it, then tell me what changed", true],
    ["Summarise the open issues", true],
    ["which one is better?", true],
  ];
  for (const [input, needs] of cases) {
    const turn = { ...fakeTurn(input), intent: { ...INTENT, by: "model" as const } };
    assert.equal(needsWords({ input, turn }), needs, input);
  }
});

Deno.test("needsWords() needs none where the order was plain", () => {
  const turn = { ...fakeTurn(""), intent: { ...INTENT, by: "rules" as const } };
  assert.equal(needsWords({ input: "how complex is src/app.py?", turn }), false);
});
