import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { RecordedOutput } from "./fake_app.ts";
import { createProgress, renderProgress } from "./progress.ts";
import { textWidth } from "./width.ts";

Deno.test("renderProgress() fits the terminal, dropping what matters least", () => {
  const state = { label: "Reviewing", done: 512, total: 1812, elapsedMs: 2000 };
  const cases: [number, string][] = [
    [90, "Reviewing [===========>                            ]  512/1812, 28 %, about 6 s left"],
    [50, "Reviewing [=>    ]  512/1812, 28 %, about 6 s left"],
    [40, "Reviewing [===>        ]  512/1812, 28 %"],
    [30, "Reviewing [==>     ]  512/1812"],
    [12, "Reviewing  …"],
    [1, "…"],
  ];
  for (const [columns, line] of cases) equal(renderProgress(state, columns), line);
});

Deno.test("renderProgress() never exceeds the columns", () => {
  fc.assert(fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 200 }), (a, b, n) => {
    const state = { label: "Formatting", done: a, total: b, elapsedMs: 1234 };
    ok(textWidth(renderProgress(state, n)) <= n);
  }));
});

function scripted(isTerminal = true) {
  const clock = { ms: 0 };
  const output = new RecordedOutput({ isTerminal });
  const progress = createProgress(output, { label: "Working", total: 100, now: () => clock.ms });
  return { clock, output, progress };
}

Deno.test("createProgress() says what is done now", () => {
  const { clock, output, progress } = scripted();
  clock.ms = 2000;
  progress.update("Asking coder", 4);
  progress.stop();
  ok(/Asking coder .*0\/4/.test(output.text), JSON.stringify(output.text));
});

Deno.test("createProgress() stays silent for work under one second and off a terminal", () => {
  const short = scripted();
  for (short.clock.ms = 0; short.clock.ms < 1000; short.clock.ms += 10) short.progress.advance();
  short.progress.stop();
  equal(short.output.text, "");
  const piped = scripted(false);
  piped.clock.ms = 5000;
  piped.progress.advance();
  piped.progress.stop();
  equal(piped.output.text, "");
});

Deno.test("createProgress() redraws at most ten times per second and cleans up", () => {
  const { clock, output, progress } = scripted();
  for (clock.ms = 0; clock.ms <= 2000; clock.ms += 20) progress.advance();
  const draws = output.text.split("\r\x1b[K").length - 1;
  ok(draws >= 9 && draws <= 11, `${draws} draws`);
  progress.stop();
  ok(output.text.endsWith("\r\x1b[K"));
});

Deno.test("createProgress() hide() clears the line once and the bar comes back", () => {
  const { clock, output, progress } = scripted();
  clock.ms = 1500;
  progress.advance();
  output.text = "";
  progress.hide();
  progress.hide();
  equal(output.text, "\r\x1b[K");
  clock.ms = 1700;
  progress.advance();
  ok(output.text.includes("Working ["));
  progress.stop();
});
