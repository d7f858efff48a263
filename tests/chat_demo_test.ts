/** The conversations of `make demo`, with its scripted model. */
import assert from "node:assert/strict";
import type { JsonResult } from "../commands/chat/json_events.ts";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { demoAnswer } from "../scripts/demo_answers.ts";
import { withModels } from "./model_world.ts";

const SCENARIOS: [message: string, tools: string[], says: RegExp][] = [
  ["Write a Python function that computes Fibonacci numbers", ["generate_code"], /def fibonacci/],
  ["Now write tests for it", ["generate_tests"], /estimated coverage 100 %/],
  [
    "Create a REST endpoint for user management, write tests for it and review it",
    ["generate_code", "generate_tests", "review_code"],
    /class NewUser[^]*def test_create_user[^]*an address that another user already has/,
  ],
];

Deno.test("the demo's three scenarios run the right tools in order", async () => {
  await withModels(() => startFakeOllama({ reply: demoAnswer }), async ({ run }) => {
    for (const [message, tools, says] of SCENARIOS) {
      const args = ["chat", "-p", message, "--session", "demo", "--json"];
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 0, stdout + stderr);
      const { turn, answer }: JsonResult = JSON.parse(stdout);
      assert.deepEqual(turn!.plan.map(({ tool }) => tool), tools);
      assert.ok(turn!.calls.every((call) => call.status === "done"));
      assert.match(answer, says);
    }
  });
});
