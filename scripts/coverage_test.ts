import assert from "node:assert/strict";
import { describeGaps, lineCoverage, parseLcov } from "./coverage.ts";

const REPORT = `SF:/house/a.ts
DA:1,1
LH:3
LF:4
end_of_record
SF:/house/b.ts
LH:6
LF:6
end_of_record
`;

Deno.test("parseLcov() reads found and hit lines per file", () => {
  assert.deepEqual(parseLcov(REPORT), [
    { path: "/house/a.ts", found: 4, hit: 3 },
    { path: "/house/b.ts", found: 6, hit: 6 },
  ]);
});

Deno.test("lineCoverage() weighs files by their lines, and nothing is not full coverage", () => {
  assert.equal(lineCoverage(parseLcov(REPORT)), 90);
  assert.equal(lineCoverage([]), 0);
});

Deno.test("describeGaps() lists only files with gaps", () => {
  assert.equal(describeGaps(parseLcov(REPORT)), "  1 of 4 lines not reached: /house/a.ts");
});
