import assert from "node:assert/strict";
import type { PlanStep } from "../../sessions/session.ts";
import { redirectWrite } from "./redirect_write.ts";

function step(id: string, tool: string, path: string, needs: string[] = []): PlanStep {
  return { id, tool, purpose: `do it: ${path}`, arguments: { path }, needs };
}

Deno.test("redirectWrite() writes to another file, and reads from the same", () => {
  const read = step("step1", "format_code", "a.py");
  const plan = [read, step("step2", "write_file", "a.py", ["step1"])];
  const other = step("step2", "write_file", "b.py", ["step1"]);
  assert.deepEqual(redirectWrite(plan, "b.py"), [read, other]);
});

Deno.test("redirectWrite() leaves alone what is not plain", () => {
  const write = step("step1", "write_file", "a.py");
  const rows: PlanStep[][] = [
    [step("step1", "format_code", "a.py")],
    [write, step("step2", "write_file", "c.py")],
    [write, step("step2", "review_code", "a.py", ["step1"])],
  ];
  for (const plan of rows) assert.equal(redirectWrite(plan, "b.py"), undefined);
});
