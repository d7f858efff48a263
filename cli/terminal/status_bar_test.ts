import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { isVisible } from "../sanitize.ts";
import { textWidth } from "../width.ts";
import { renderStatusBar, type StatusBar } from "./status_bar.ts";

const full: StatusBar = {
  model: "hf.co/owner/starcoder2-7b-instruct-GGUF:Q4_K_M",
  contextUsed: 3200,
  contextTokens: 8192,
  tokensPerSecond: 31.4,
  firstTokenMs: 420,
  activity: "Answering",
  elapsedMs: 3100,
  approve: "all",
};

Deno.test("renderStatusBar() leaves out first what matters least", () => {
  const cases: [number, string][] = [
    [
      200,
      "⠙ Answering 3 s · hf.co/owner/starcoder2-7b-instruct-GGUF:Q4_K_M · context 3.2k of 8.2k (39 %) · 31 tokens/s · first token after 0.4 s · approve all",
    ],
    [
      120,
      "⠙ Answering 3 s · starcoder2-7b-instruct-GGUF:Q4_K_M · context 3.2k of 8.2k (39 %) · 31 t/s · first 0.4 s · approve all",
    ],
    [
      100,
      "⠙ Answering 3 s · starcoder2-7b-instruct-GGUF:Q4_K_M · 39 % of 8.2k · 31 t/s · approve all",
    ],
    [80, "⠙ Answering 3 s · starcoder2-7b-instruct-GGUF · 39 % of 8.2k · approve all"],
    [60, "⠙ Answering 3 s · starcoder… · 39 % of 8.2k · approve all"],
    [40, "⠙ Answering 3 s · 39 % · approve all"],
    [20, "⠙ Answering 3 s · 3…"],
  ];
  for (const [columns, line] of cases) equal(renderStatusBar(full, columns), line);
});

Deno.test("renderStatusBar() shows what is known, and only that", () => {
  equal(renderStatusBar({}, 80), "");
  equal(renderStatusBar({ model: "mistral:7b", approve: "ask" }, 80), "mistral:7b");
  equal(renderStatusBar({ activity: "Planning" }, 80), "Planning");
  equal(renderStatusBar({ activity: "Waiting", elapsedMs: 75_000 }, 80), "⠋ Waiting 1 min 15 s");
  equal(
    renderStatusBar({ contextUsed: 850, contextTokens: 131_072, tokensPerSecond: 2.25 }, 80),
    "context 850 of 131k (1 %) · 2.3 tokens/s",
  );
});

Deno.test("renderStatusBar() is safe and fits, whatever it is given", () => {
  const text = fc.string({ unit: "binary" });
  const number = fc.double({ min: 0, max: 1e9, noNaN: true });
  const status = fc.record({
    model: text,
    activity: text,
    approve: text,
    contextUsed: number,
    contextTokens: number,
    tokensPerSecond: number,
    firstTokenMs: number,
    elapsedMs: number,
  }, { requiredKeys: [] });
  fc.assert(fc.property(status, fc.integer({ min: 1, max: 200 }), (status, columns) => {
    const line = renderStatusBar(status, columns);
    ok(textWidth(line) <= columns);
    ok([...line].every(isVisible));
  }));
});
