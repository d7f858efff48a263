import assert from "node:assert/strict";
import type { PlanStep } from "../../sessions/session.ts";
import type { FakeWorldOptions } from "../fake_world.ts";
import { fakeWorld } from "../fake_world.ts";
import type { Approval } from "../person.ts";
import { runTurn } from "../run_turn.ts";

const no = (reason: string): Approval => ({ kind: "no", reason });
const CODE = { text: "x = 1\n", language: "python" };

/** Runs a message whose plans are answered one after the other. */
async function agree(says: string, answers: Approval[], options: FakeWorldOptions = {}) {
  const fake = fakeWorld({ last: { code: CODE }, settings: { showPlan: true }, ...options });
  const shown: PlanStep[][] = [];
  fake.world.person.confirmPlan = (steps) => {
    shown.push(steps);
    return Promise.resolve(answers[shown.length - 1] ?? assert.fail("asked too often"));
  };
  const { turn } = await runTurn(says, fake.session, fake.world);
  const calls = fake.toolbox.calls.filter(({ args }) => !args.dry_run);
  return { ...fake, turn, shown, calls };
}

const intent = (tools: string[]) =>
  JSON.stringify({ goal: "g", tools, parameters: {}, confidence: 1, unclear: [], questions: [] });

Deno.test("agreeOnPlan() writes to the file that the person names, without a model", async () => {
  const { turn, shown, calls } = await agree("save it as fib.py", [
    no("save it as other.py"),
    { kind: "yes" },
  ], { replies: null });
  assert.deepEqual(shown.map(([step]) => step?.arguments.path), ["fib.py", "other.py"]);
  assert.deepEqual(calls.map(({ args }) => args.path), ["other.py"]);
  assert.equal(turn.status, "done");
});

Deno.test("agreeOnPlan() understands the message anew with the reason, and shows that plan", async () => {
  const { turn, shown, calls, requests, events } = await agree("review it", [
    no("only tidy it up"),
    { kind: "yes" },
  ], { replies: [intent(["format_code"])] });
  assert.equal(requests.length, 1);
  assert.match(requests[0]!.messages.at(-1)!.content, /review it[^]*Not so: only tidy it up/);
  assert.equal(shown[1]?.[0]?.tool, "format_code");
  assert.equal(calls[0]?.name, "format_code");
  assert.equal(turn.input, "review it", "as it was typed");
  assert.ok(events.some((event) => event.type === "plan" && event.revised));
});

Deno.test("agreeOnPlan() ends the turn with a second no", async () => {
  const { turn, calls } = await agree("review it", [no("only tidy it up"), no("not like this")], {
    replies: [intent(["format_code"])],
  });
  assert.equal(calls.length, 0);
  assert.deepEqual([turn.status, turn.answer], [
    "stopped",
    "The plan was not run: not like this.",
  ]);
});

Deno.test("agreeOnPlan() asks nothing where there is no reason", async () => {
  for (const reason of ["", "no", "don't do it"]) {
    const { turn, requests } = await agree("review it", [no(reason)]);
    assert.equal(requests.length, 0);
    assert.equal(turn.status, "stopped");
    assert.equal(turn.answer, `The plan was not run${reason ? `: ${reason}` : ""}.`);
  }
});

Deno.test("agreeOnPlan() stops with a line where there is no model", async () => {
  const { turn, calls } = await agree("review it", [no("rewrite it in Go")], { replies: null });
  assert.equal(calls.length, 0);
  assert.equal(turn.status, "stopped");
  assert.match(turn.answer, /^The plan was not run: rewrite it in Go\. Cannot find a model.*$/);
});
