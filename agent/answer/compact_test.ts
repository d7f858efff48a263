import assert from "node:assert/strict";
import { ModelError } from "../../models/model_error.ts";
import { createScripted, type ScriptedReply } from "../../models/scripted.ts";
import { createPrompts } from "../../prompts/load.ts";
import { compact } from "./compact.ts";
import { fakeSession, fakeTurn } from "../fake_world.ts";

const prompts = createPrompts({});

function session() {
  const code = "Here:\n\n```python\nsecret = 1\n```\n";
  return {
    ...fakeSession(),
    turns: [
      { ...fakeTurn("Write fib. Always use type hints.", 1), answer: code },
      { ...fakeTurn("thanks", 2), answer: "You are welcome." },
    ],
  };
}

Deno.test("compact() asks the model, and keeps what the person always wants", async () => {
  const model = createScripted(["The person wanted fib. It was written."]);
  const { summary, by } = await compact(session(), model, prompts);
  assert.deepEqual([summary.turns, by], [2, "model"]);
  assert.equal(
    summary.text,
    'The person wanted fib. It was written.\nThe person said: "Always use type hints"',
  );
  const asked = model.requests[0]!.messages.map(({ content }) => content).join("\n");
  assert.match(asked, /Person: Write fib\. Always use type hints\./);
  assert.match(asked, /Assistant: Here: \[python code of 1 line/);
  assert.doesNotMatch(asked, /secret/);
});

const FAILURES: [name: string, replies: ScriptedReply[] | undefined][] = [
  ["is not there", undefined],
  ["fails", [new ModelError("timeout", "Cannot", { hint: "x" })]],
  ["says nothing", [""]],
  ["is cut off", [{ text: "The person wanted", done: "length" }]],
  ["answers with code", ["```python\nx = 1\n```"]],
  ["answers with JSON", ['{"summary": "The person"}']],
];

for (const [name, replies] of FAILURES) {
  Deno.test(`compact() sums up by rules where the model ${name}`, async () => {
    const model = replies && createScripted(replies);
    const { summary, by } = await compact(session(), model, prompts);
    assert.equal(by, "rules");
    assert.equal(summary.turns, 2);
    assert.match(summary.text, /^- "Write fib\. Always use type hints\.": Here:.*\n- "thanks"/);
  });
}

Deno.test("compact() goes on from the summary before, and fits a small context", async () => {
  const turns = Array.from({ length: 300 }, (_, i) => fakeTurn(`message ${i} `.repeat(20), i + 1));
  const model = createScripted(["More was said."], { contextTokens: 2048 });
  const before = { text: "It began.", turns: 10 };
  const { summary } = await compact({ ...fakeSession(), turns, summary: before }, model, prompts);
  assert.deepEqual(summary, { text: "More was said.", turns: 300 });
  const asked = model.requests[0]!.messages[1]!.content;
  assert.match(asked, /It began\.[^]*message 299/);
  assert.doesNotMatch(asked, /message 5 /);
});

Deno.test("compact() ends with the reason of the signal", async () => {
  const signal = AbortSignal.abort(new Error("stopped"));
  await assert.rejects(compact(session(), createScripted(["x"]), prompts, signal), {
    message: "stopped",
  });
});
