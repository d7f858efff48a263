import assert from "node:assert/strict";
import { countTests, sumCounts, toSummaryLine } from "./test_counts.ts";

Deno.test("countTests() reads deno test's summary", () => {
  const cases = [
    ["ok | 7 passed | 0 failed (72ms)", 0, { passed: 7, failed: 0 }],
    ["FAILED | 3 passed | 2 failed (1s)", 1, { passed: 3, failed: 2 }],
    ["ok | 4 passed (9 steps) | 0 failed | 2 ignored (5ms)", 0, { passed: 4, failed: 0 }],
    ["FAILED | 1 passed (1 step) | 1 failed (2 steps) (5ms)", 1, { passed: 1, failed: 1 }],
    ["error: Type checking failed.", 1, { passed: 0, failed: 1 }],
    ["ok | 7 passed | 0 failed (72ms)\nerror: leak", 1, { passed: 7, failed: 1 }],
    ["", 0, { passed: 0, failed: 0 }],
  ] as const;
  for (const [output, code, counts] of cases) assert.deepEqual(countTests(output, code), counts);
});

Deno.test("toSummaryLine() writes the sum for the continuous integration", () => {
  const sum = sumCounts([{ passed: 2, failed: 1 }, { passed: 3, failed: 0 }]);
  assert.equal(toSummaryLine(sum), "5 passed, 1 failed");
});
