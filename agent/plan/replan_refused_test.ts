import assert from "node:assert/strict";
import type { ScriptedReply } from "../../models/scripted.ts";
import type { ApprovalRequest } from "../person.ts";
import { fakeWorld } from "../fake_world.ts";
import { runTurn } from "../run_turn.ts";

const CODE = { text: "x = 1\n", language: "python" };
const plan = (...tools: string[]) =>
  JSON.stringify({
    steps: tools.map((tool, at) => ({
      id: `step${at + 1}`,
      tool,
      purpose: "",
      needs: at > 0 ? [`step${at}`] : [],
    })),
  });
/** The refused call's arguments again: no other call. */
const SAME = JSON.stringify({ path: "fib.py" });

/** Saves code that the person wants otherwise. */
async function save(reason: string, replies: ScriptedReply[] | null, accept = true) {
  const fake = fakeWorld({
    last: { code: CODE },
    replies,
    approve: ({ arguments: { content } }: ApprovalRequest) =>
      accept && content !== CODE.text ? { kind: "yes" } : { kind: "no", reason },
  });
  const { turn } = await runTurn("save it as fib.py", fake.session, fake.world);
  const calls = fake.toolbox.calls.filter(({ args }) => !args.dry_run);
  return { ...fake, turn, calls };
}

Deno.test("replanRefused() does first what the person misses, with our own tools", async () => {
  const { turn, calls, requests, approvals } = await save("add a docstring first", [
    SAME,
    plan("generate_code", "write_file"),
  ]);
  assert.deepEqual(calls.map(({ name }) => name), ["generate_code", "write_file"]);
  assert.match(String(calls[0]!.args.description), /Not so: add a docstring first[^]*x = 1/);
  assert.equal(calls[1]!.args.path, "fib.py");
  assert.match(String(calls[1]!.args.content), /def run/);
  assert.equal(approvals.length, 2, "what is written is agreed to, each time");
  assert.equal(requests.length, 2);
  assert.match(requests[1]!.messages.at(-1)!.content, /refused the step step1.*add a docstring/);
  assert.deepEqual(turn.plan.map(({ id }) => id), ["step1", "step2", "step3"]);
  assert.equal(turn.status, "done");
});

Deno.test("replanRefused() never makes the refused call again", async () => {
  const { turn, calls, approvals } = await save("it is not good", [SAME, plan("write_file")]);
  assert.deepEqual([calls.length, approvals.length], [0, 1]);
  assert.equal(turn.status, "stopped");
});

Deno.test("replanRefused() plans once, whatever is refused afterwards", async () => {
  const { turn, calls, requests } = await save("add a docstring first", [
    SAME,
    plan("generate_code", "write_file"),
    SAME,
  ], false);
  assert.deepEqual(calls.map(({ name }) => name), ["generate_code"]);
  assert.equal(requests.length, 3);
  assert.equal(turn.status, "stopped");
});

Deno.test("replanRefused() stops with a line where there is no model", async () => {
  const { turn, calls } = await save("add a docstring first", null);
  assert.equal(calls.length, 0);
  assert.equal(turn.status, "stopped");
  assert.match(turn.answer, /^- \*\*Not run:\*\* .*Refused: add a docstring first$/);
});
