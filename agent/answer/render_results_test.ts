import { equal } from "node:assert/strict";
import { lineOf } from "./render_results.ts";
import type { StepOutcome } from "../execute/run_step.ts";

Deno.test("lineOf() says once that a step was stopped", () => {
  const step = { id: "step1", tool: "write_file", purpose: "write a.py", arguments: {}, needs: [] };
  const line = (text: string) =>
    lineOf({ step, status: "stopped", text, arguments: {}, wasCalled: true, ms: 1 } as StepOutcome);
  equal(line("Stopped"), "- **Stopped:** Write a.py");
  equal(line("Stopped: the time was over"), "- **Stopped:** Write a.py: the time was over");
});
