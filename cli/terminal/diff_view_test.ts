import { deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { isVisible } from "../sanitize.ts";
import { renderDiff } from "./diff_view.ts";
import { withoutColors } from "./markdown_fixture.ts";
import { styledWidth } from "./styled_text.ts";

const diff = "--- a.py\n+++ b.py\n@@ -1,2 +1,2 @@\n-x=1\n+x = 1\n\ty\n";

Deno.test("renderDiff() colours what is added and removed", () => {
  deepEqual(renderDiff(diff, { columns: 40, color: true }).slice(3), [
    "\x1b[1m\x1b[31m-x=1\x1b[39m\x1b[22m",
    "\x1b[32m+x = 1\x1b[39m",
    "    y",
  ]);
});

Deno.test("renderDiff() breaks long lines and counts what it does not show", () => {
  const long = `${"+line that is long\n".repeat(122)}`;
  deepEqual(renderDiff(long, { columns: 10, color: false, maxLines: 2 }), [
    "+line that",
    " is long",
    "+line that",
    " is long",
    "… 120 more lines",
  ]);
  ok(renderDiff("x".repeat(1e6), { columns: 80, color: false }).length < 20);
});

Deno.test("renderDiff() lets nothing act on the terminal, whatever comes", () => {
  const hostile = fc.array(fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("\x1b[2J", "\u202e", "\ud800", "\n+", "\n-", "\r\n", "\t"),
  )).map((parts) => parts.join(""));
  fc.assert(
    fc.property(hostile, fc.integer({ min: 2, max: 80 }), fc.boolean(), (text, columns, color) => {
      for (const row of renderDiff(text, { columns, color })) {
        ok([...(color ? withoutColors(row) : row)].every(isVisible));
        ok(styledWidth(row) <= Math.max(columns, 20));
      }
    }),
  );
});
