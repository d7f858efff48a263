import assert from "node:assert/strict";
import { failedOutput } from "./failed_output.ts";

const REPORT =
  " ERRORS \n\na() does b => ./a_test.ts:3:6\nerror: AssertionError\n\n FAILURES \n\n" +
  "a() does b => ./a_test.ts:3:6\n\nFAILED | 1 passed | 1 failed (1s)";

Deno.test("failedOutput() begins with what deno test says of failures", () => {
  const shown = failedOutput(`Warning of a server\n${"noise\n".repeat(10_000)}\n${REPORT}\n`);
  assert.ok(shown.startsWith(REPORT.trim()));
  assert.match(shown, /before it:\nWarning of a server\n/);
  assert.ok(shown.length < REPORT.length + 4200);
});

Deno.test("failedOutput() leaves what is short and no test's report", () => {
  for (
    const text of ["", "error: Found 1 not formatted file", "its ERRORS are few", REPORT.trim()]
  ) {
    assert.equal(failedOutput(text), text);
  }
});

Deno.test("failedOutput() shows the beginning and the end of what is long", () => {
  for (const before of ["", " ERRORS \n"]) {
    const shown = failedOutput(`${before}first${"x".repeat(1_000_000)}last`);
    assert.match(shown, /^(ERRORS \n)?first/);
    assert.match(shown, /last$/);
    assert.ok(shown.length < 20_100);
  }
});
