import { deepEqual } from "node:assert/strict";
import { renderStatistics } from "./statistics.ts";

Deno.test("renderStatistics() leaves out what a narrow terminal has no room for, never rules' names", () => {
  const rule = "lint/correctness/noUnusedVariables";
  const counts = [{ rule, severity: "minor" as const, count: 1200, fixable: 3 }];
  const rows = (columns: number) =>
    renderStatistics(counts, { color: false, columns }).split("\n").map((row) =>
      row.split(/ {2,}/)
    );
  deepEqual(rows(80), [
    ["findings", "severity", "rule", "safe fixes"],
    ["", "1,200", "minor", rule, "3"],
    [""],
  ]);
  deepEqual(rows(40), [["findings", "severity", "rule"], ["", "1,200", "minor", rule], [""]]);
});
