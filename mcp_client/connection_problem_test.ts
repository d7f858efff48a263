import assert from "node:assert/strict";
import { SdkError, SdkErrorCode } from "@modelcontextprotocol/client";
import { connectionProblem } from "./connection_problem.ts";

const table: [string, string][] = [
  ["it failed\nat line 1", "it failed at line 1"],
  [
    "probe failed: error sending request for url (http://127.0.0.1:1/mcp?key=s3cret): client error (Connect): " +
    "tcp connect error: Connection refused (os error 111)",
    "nothing answers at its address: Connection refused (os error 111)",
  ],
  [
    'Error POSTing to "https://x.example:8/s3cret/mcp?k=1" (HTTP 500)',
    'Error POSTing to "https://x.example:8/…" (HTTP 500)',
  ],
];

Deno.test("connectionProblem() says in our own words that nothing came", () => {
  const late = new SdkError(SdkErrorCode.RequestTimeout, "Request timed out", { timeout: 5 });
  assert.equal(connectionProblem(late), "it did not answer in time");
});

for (const [message, expected] of table) {
  Deno.test(`connectionProblem() says ${expected}`, () => {
    assert.equal(connectionProblem(new Error(message)), expected);
  });
}
