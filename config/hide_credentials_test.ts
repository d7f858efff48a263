import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { hideCredentials } from "./hide_credentials.ts";

Deno.test("hideCredentials() leaves nothing before the host, nor of a query", () => {
  const table = [
    ["http://u:p@h:1/v1", "http://***@h:1/v1"],
    ["u:p@h", "***@h"],
    ["http://u:p/@q@h", "http://***@h"],
    ["http://u:p#q@h", "http://…"],
    ["http://h/?key=1", "http://h/?…"],
    ["http://h", "http://h"],
    ["c#", "c#"],
  ];
  for (const [text, hidden] of table) equal(hideCredentials(text!), hidden);
});

Deno.test("hideCredentials() never shows what stands before an @ or after a ?", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
    for (const text of [`http://s3cret${before}@host/`, `http://host/?${after}s3cret${before}`]) {
      ok(!hideCredentials(text).includes("s3cret"), text);
    }
  }));
});
