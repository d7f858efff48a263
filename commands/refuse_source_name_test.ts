import { doesNotThrow, throws } from "node:assert/strict";
import { refuseSourceName } from "./refuse_source_name.ts";

Deno.test("refuseSourceName() lets reports have the names of no language's files", () => {
  for (const name of ["src/a.py", "B.TS", "n.ipynb", "Gemfile"]) {
    throws(() => refuseSourceName(name, "a page", "--html report.html"), {
      message: new RegExp(`^Cannot write a page to "${name}": the name is that of a file of `),
      hint: "write --html report.html",
    });
  }
  for (const name of ["report.html", "report", "a.py/out.htm"]) {
    doesNotThrow(() => refuseSourceName(name, "a page", "--html report.html"));
  }
});
