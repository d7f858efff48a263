import assert from "node:assert/strict";
import fc from "fast-check";
import { fitParts } from "./fit_parts.ts";
import { createScripted } from "../scripted.ts";
import { estimateTokens } from "./token_estimate.ts";

Deno.test("fitParts() takes what fits by priority, in the given order, and names the rest", () => {
  const model = createScripted([], { contextTokens: 400 });
  const line = "one two three four five six seven eight\n";
  const parts = [
    { label: "a.py", text: line.repeat(20), priority: 1 },
    { label: "b.py", text: "import a\n", priority: 2 },
    { label: "c.py", text: line.repeat(20), priority: 0 },
  ];
  const fitted = fitParts(model, { fixed: "Review this.", parts, replyTokens: 200 });
  assert.equal(fitted.text, `${line.repeat(14)}[lines 15–20 are left out]\n\nimport a\n`);
  assert.deepEqual(fitted.leftOut, ["a.py (lines 15–20 of 20)", "c.py"]);
});

Deno.test("fitParts() cuts within a line that is too long, where it may", () => {
  const model = createScripted([], { contextTokens: 1_000 });
  const text = '{"key": "value"}, '.repeat(10_000);
  const parts = [{ label: "data.json", text, priority: 0, cutsLine: true }];
  const fitted = fitParts(model, { fixed: "", parts, replyTokens: 100 });
  const [, piece = "", from] = /^([^]*)\n\[characters (\d+)–180000 are left out\]$/.exec(
    fitted.text,
  )!;
  assert.ok(piece.length > 1_000 && text.startsWith(piece), `${piece.length} characters`);
  assert.deepEqual(fitted.leftOut, [`data.json (characters ${from}–180000 of 180000)`]);
  assert.ok(estimateTokens(fitted.text, model) < 900);
  const whole = fitParts(model, {
    fixed: "",
    parts: [{ ...parts[0]!, cutsLine: false }],
    replyTokens: 9,
  });
  assert.deepEqual([whole.text, whole.leftOut], ["", ["data.json"]]);
});

Deno.test("fitParts() leaves nothing out when there is room", () => {
  const parts = [{ label: "a", text: "x = 1\n", priority: 0 }, {
    label: "b",
    text: "",
    priority: 0,
  }];
  const fitted = fitParts(createScripted([]), { fixed: "", parts, replyTokens: 100 });
  assert.deepEqual(fitted, { text: "x = 1\n", texts: ["x = 1\n", ""], leftOut: [] });
});

Deno.test("fitParts() refuses a fixed text that leaves no room", () => {
  const model = createScripted([], { contextTokens: 500 });
  const fixed = "alpha beta gamma delta ".repeat(500);
  assert.throws(() => fitParts(model, { fixed, parts: [], replyTokens: 9 }), {
    fault: "too_long",
    message: /about 2907 tokens of 500/,
    hint: /./,
  });
});

Deno.test("fitParts() never passes the guard's limit, and says all that is missing", () => {
  const part = fc.record({
    label: fc.string({ minLength: 1 }),
    text: fc.tuple(
      fc.array(fc.string({ unit: "binary", maxLength: 60 }), { maxLength: 60 }),
      fc.constantFrom("\n", ""),
    ).map(([lines, end]) => lines.join(end)),
    priority: fc.nat(3),
    cutsLine: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const model = createScripted([], { contextTokens: 600 });
      const fixed = "Review this code, please.";
      const { text, leftOut } = fitParts(model, { fixed, parts, replyTokens: 200 });
      const tokens = estimateTokens(fixed, model) + estimateTokens(text, model);
      assert.ok(tokens <= 400, `${tokens} tokens`);
      const all = parts.every((one) => text.includes(one.text));
      assert.ok(all || leftOut.length > 0);
    }),
    { numRuns: 50 },
  );
});
