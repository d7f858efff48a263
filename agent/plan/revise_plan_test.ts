import assert from "node:assert/strict";
import type { PlanStep } from "../../sessions/session.ts";
import { foreignTool, ownTools } from "../execute/fake_toolbox.ts";
import { fakeWorld, type FakeWorldOptions } from "../fake_world.ts";
import { revisePlan } from "./revise_plan.ts";

function step(id: string, tool: string): PlanStep {
  return { id, tool, purpose: "", arguments: {}, needs: [] };
}

async function revise(failed: PlanStep, problem: string, options: FakeWorldOptions) {
  const tools = [...ownTools(), foreignTool("a", "read_note"), foreignTool("b", "read_note_file")];
  const fake = fakeWorld({ tools, ...options });
  const state = fake.state("read my note");
  state.turn.plan = [failed, step("step2", "a:read_note")];
  state.turn.intent = {
    goal: "g",
    tools: [],
    parameters: {},
    confidence: 1,
    unclear: [],
    by: "model",
  };
  const steps = await revisePlan([step("step2", "a:read_note")], failed, problem, state, new Map());
  return { steps, requests: fake.requests };
}

Deno.test("revisePlan() knows no other way for our own tools", async () => {
  const { steps, requests } = await revise(step("step1", "review_code"), "it is broken", {});
  assert.deepEqual([steps, requests.length], [undefined, 0]);
});

Deno.test("revisePlan() asks once where another tool may do the same", async () => {
  const replies = [
    JSON.stringify({ steps: [{ id: "step1", tool: "b:read_note_file", purpose: "p", needs: [] }] }),
  ];
  const { steps, requests } = await revise(step("step1", "a:read_note"), "no such note", {
    replies,
  });
  assert.equal(requests.length, 1);
  assert.deepEqual(steps, [{
    id: "step3",
    tool: "b:read_note_file",
    purpose: "p",
    arguments: {},
    needs: [],
  }]);
});

Deno.test("revisePlan() stops where the same is planned again, or nothing that can be used", async () => {
  const same = JSON.stringify({
    steps: [{ id: "step1", tool: "a:read_note", purpose: "", needs: [] }],
  });
  for (const replies of [[same], ["no", "no", "no"], null]) {
    const { steps } = await revise(step("step1", "a:read_note"), "no such note", { replies });
    assert.equal(steps, undefined);
  }
});
