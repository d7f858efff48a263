import assert from "node:assert/strict";
import { errorTrace, plainPart } from "./error_trace.ts";

Deno.test("errorTrace() tells the kind and the place of an error, not its message", () => {
  const secret = "x = 'SECRET'\n    SECRET";
  for (const error of [new TypeError(secret), new Deno.errors.NotFound(secret)]) {
    for (const given of [error, error.stack]) {
      const trace = errorTrace(given);
      assert.match(trace, new RegExp(`^${error.constructor.name}\n +at .*error_trace_test`));
      assert.doesNotMatch(trace, /SECRET/);
    }
  }
});

Deno.test("errorTrace() says nothing of what is no error", () => {
  for (const given of ["SECRET text", { toString: () => "secret" }, "", undefined]) {
    assert.equal(errorTrace(given), "Error");
  }
});

Deno.test("plainPart() ends before anything is quoted", () => {
  const cases = [
    ["Session not found", "Session not found"],
    [
      'Received a response for an unknown message ID: {"a":1}',
      "Received a response for an unknown message ID",
    ],
    ["Dropped inbound request 'SECRET': no", "Dropped inbound request"],
    ['"SECRET"', "an error"],
    ["", "an error"],
  ];
  for (const [message, part] of cases) assert.equal(plainPart(message!), part);
});
