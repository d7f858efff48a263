import { equal, ok } from "node:assert/strict";
import { colorDiff } from "./diff_text.ts";
import { actsOnTerminal, HOSTILE } from "./fake_review.ts";

const diff = "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n-x=1\n+x = 1\n y\n";

Deno.test("colorDiff() colours what is added and removed", () => {
  const text = colorDiff(diff, { color: true, isTerminal: true });
  ok(text.includes("\x1b[32m+x = 1\x1b[39m\n y\n"));
  ok(text.includes("\x1b[36m@@ -1,2 +1,2 @@\x1b[39m"));
});

Deno.test("colorDiff() stays exact in a pipe and safe on a terminal", () => {
  equal(colorDiff(diff, { color: false, isTerminal: false }), diff);
  equal(colorDiff(HOSTILE, { color: false, isTerminal: false }), HOSTILE);
  ok(!actsOnTerminal(colorDiff(HOSTILE, { color: false, isTerminal: true })));
});
