import assert from "node:assert/strict";
import { readReason } from "./read_reason.ts";

Deno.test("readReason() knows a plain no", () => {
  const says = ["", " ", "no", "No!", "stop", "don't write it", "please don't", "do not save that"];
  for (const said of [...says, "never mind", "leave it as it is", "not now", "no thanks"]) {
    assert.deepEqual(readReason(said), { kind: "stop" }, said);
  }
});

Deno.test("readReason() knows another file", () => {
  const rows: [says: string, path: string][] = [
    ["save it as other.py", "other.py"],
    ["please save it as other.py instead", "other.py"],
    ["no, write it to src/other.py", "src/other.py"],
    ["call it other.py", "other.py"],
    ["into lib/other.py", "lib/other.py"],
    ["other.py", "other.py"],
    ["put that into a file called `other.py`", "other.py"],
  ];
  for (const [says, path] of rows) {
    assert.deepEqual(readReason(says), { kind: "elsewhere", path }, says);
  }
});

Deno.test("readReason() leaves the rest to a model", () => {
  const says = [
    "put it into src",
    "don't write it like that, use a class",
    "too much",
    "use black",
  ];
  for (const text of [...says, "save it as other.py and add tests", "no tests"]) {
    assert.deepEqual(readReason(text), { kind: "open", text }, text);
  }
});
