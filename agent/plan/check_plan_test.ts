import assert from "node:assert/strict";
import fc from "fast-check";
import { checkPlan, type RoughStep } from "./check_plan.ts";

const KNOWN = (name: string) => ["a", "b", "c"].includes(name) ? name : undefined;

function step(id: string, tool: string, needs: string[] = []): RoughStep {
  return { id, tool, needs, purpose: "" };
}

Deno.test("checkPlan() mends what is wrong with a plan", () => {
  const short = (steps: RoughStep[]) =>
    steps.map(({ id, tool, needs }) => `${id} ${tool} <${needs}`);
  const table: [RoughStep[], string[]][] = [
    [[step("x", "a"), step("y", "b", ["x"])], ["step1 a <", "step2 b <step1"]],
    [[step("y", "b", ["x"]), step("x", "a")], ["step1 a <", "step2 b <step1"]],
    [[step("x", "rm"), step("y", "b", ["x"])], ["step1 b <"]],
    [[step("x", "a", ["x"])], ["step1 a <"]],
    [[step("x", "a", ["y"]), step("y", "b", ["x"])], ["step1 a <", "step2 b <step1"]],
    [[step("x", "a"), step("x", "b")], ["step1 a <"]],
    [[step("", "a"), step("", "b", ["step1"])], ["step1 a <", "step2 b <step1"]],
    [[step("x", "a", ["nobody"])], ["step1 a <"]],
    [[], []],
  ];
  for (const [rough, wanted] of table) assert.deepEqual(short(checkPlan(rough, KNOWN, 10)), wanted);
});

Deno.test("checkPlan() makes a sound plan of anything", () => {
  const id = fc.constantFrom("x", "y", "z", "step1", "step2", "", "__proto__");
  const tool = fc.constantFrom("a", "b", "c", "d", "constructor");
  const rough = fc.array(fc.record({ id, tool, purpose: fc.string(), needs: fc.array(id) }), {
    maxLength: 30,
  });
  fc.assert(fc.property(rough, fc.integer({ min: 1, max: 10 }), (steps, most) => {
    const plan = checkPlan(steps, KNOWN, most);
    assert.ok(plan.length <= most);
    plan.forEach((one, index) => {
      assert.equal(one.id, `step${index + 1}`);
      assert.ok(KNOWN(one.tool));
      assert.ok(one.needs.every((need) => Number(need.slice(4)) <= index));
    });
  }));
});
