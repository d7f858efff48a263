import { equal, match } from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { ClosedOutputError } from "./app.ts";
import { reportError } from "./errors.ts";
import { fakeApp, RecordedOutput } from "./fake_app.ts";

Deno.test("reportError() prints one line and the hint of a ToolError", () => {
  const app = fakeApp();
  const error = new ToolError('Cannot read "a\n\x1b[2J.py": no such file', {
    hint: "check the name",
  });
  equal(reportError(error, app), 2);
  equal(
    app.stderr.text,
    'devmcp: Cannot read "a\\n\\x1b[2J.py": no such file\n  hint: check the name\n',
  );
});

Deno.test("reportError() hides the stack of the unexpected unless --debug", () => {
  const error = new TypeError("x is undefined", { cause: new Error("deeper") });
  const app = fakeApp();
  equal(reportError(error, app), 2);
  match(
    app.stderr.text,
    /^devmcp: Cannot go on: unexpected TypeError: x is undefined\n.*--debug.*\n$/,
  );
  const debug = fakeApp({ debug: true });
  reportError(error, debug);
  match(debug.stderr.text, /errors_test\.ts:\d+/);
  match(debug.stderr.text, /caused by Error: deeper/);
});

Deno.test("reportError() is silent about a closed output and about Ctrl-C", () => {
  const closed = fakeApp();
  equal(reportError(new ClosedOutputError(), closed), 141);
  const stopped = fakeApp({ signal: AbortSignal.abort() });
  equal(reportError(new DOMException("stopped", "AbortError"), stopped), 130);
  equal(closed.stderr.text + stopped.stderr.text, "");
});

Deno.test("reportError() leaves the exit code when stderr cannot be written either", () => {
  const stderr = new RecordedOutput();
  stderr.write = () => {
    throw new ToolError("Cannot write the output: no space left on device");
  };
  equal(reportError(new ToolError("Cannot fly"), fakeApp({ stderr })), 2);
});

Deno.test("reportError() colours its name where colours are wanted", () => {
  const app = fakeApp({ stderr: new RecordedOutput({ color: true }) });
  reportError(new ToolError("Cannot fly"), app);
  equal(app.stderr.text, "\x1b[1;31mdevmcp:\x1b[0m Cannot fly\n");
});
