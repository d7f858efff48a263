import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ToolError } from "../config/tool_error.ts";
import { describeFileProblem, fileError } from "./file_problem.ts";

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "did not throw" });
}

Deno.test("fileError() tells what the operating system said", () => {
  const error = fileError("read", "no/file", errorOf(() => readFileSync("no/such/file")));
  assert(error instanceof ToolError);
  assert.equal(error.message, 'Cannot read "no/file": no such file or folder');
  assert.equal(error.hint, "check the spelling");
  const unknown = fileError("read", "a", Object.assign(new Error("odd\nx"), { code: "EODD" }));
  assert.equal((unknown as Error).message, 'Cannot read "a": odd');
});

Deno.test("fileError() tells of what Deno keeps from us as of any other permission", () => {
  const error = fileError("write", "/proc/a", new Deno.errors.NotCapable("run with --allow-all"));
  assert.equal((error as Error).message, 'Cannot write "/proc/a": permission denied');
});

Deno.test("fileError() leaves faults of ours as they are", () => {
  const faults: unknown[] = [
    errorOf(() => (undefined as unknown as string).length),
    Object.assign(new TypeError("wrong argument"), { code: "ERR_INVALID_ARG_VALUE" }),
    new ToolError("told already"),
    new DOMException("stop", "AbortError"),
    "text",
  ];
  for (const fault of faults) assert.equal(fileError("read", "a", fault), fault);
});

Deno.test("describeFileProblem() knows no code that is a name of Object.prototype", () => {
  for (const code of Object.getOwnPropertyNames(Object.prototype)) {
    assert.equal(describeFileProblem(Object.assign(new Error("odd"), { code })), "odd");
  }
});
