import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { RecordedOutput } from "./fake_app.ts";
import {
  createPullProgress,
  createPullTally,
  type PullState,
  renderPull,
} from "./pull_progress.ts";
import { textWidth } from "./width.ts";

const half: PullState = {
  label: "mistral",
  status: "pulling x",
  completed: 2e9,
  total: 4e9,
  speed: 25e6,
};

const RENDERED: [what: string, state: Partial<PullState>, columns: number, text: string][] = [
  [
    "all there is room for",
    {},
    80,
    "mistral [============>            ] 2.0 GB of 4.0 GB, 50 %, 25.0 MB/s, 80 s left",
  ],
  [
    "no pace before it is known",
    { speed: undefined },
    60,
    "mistral [=============>             ] 2.0 GB of 4.0 GB, 50 %",
  ],
  [
    "that nothing comes",
    { speed: 0 },
    60,
    "mistral [=========>        ] 2.0 GB of 4.0 GB, 50 %, waiting",
  ],
  ["less on a narrow terminal", {}, 40, "mistral [===>   ] 2.0 GB of 4.0 GB, 50 %"],
  ["the percentage at the least", {}, 14, "mistral 50 %"],
  [
    "steps without bytes",
    { total: 0, completed: 0, status: "verifying\x1b[2J" },
    80,
    "mistral: verifying\\x1b[2J",
  ],
];

for (const [what, state, columns, text] of RENDERED) {
  Deno.test(`renderPull() shows ${what}`, () =>
    equal(renderPull({ ...half, ...state }, columns), text));
}

Deno.test("renderPull() never is wider than the terminal", () => {
  const state = fc.record({
    label: fc.string({ unit: "grapheme" }),
    status: fc.string({ unit: "grapheme" }),
    completed: fc.nat(),
    total: fc.nat(),
    speed: fc.option(fc.nat(), { nil: undefined }),
  });
  fc.assert(fc.property(state, fc.integer({ min: 1, max: 200 }), (state, columns) => {
    ok(textWidth(renderPull(state, columns)) <= columns);
  }));
});

Deno.test("createPullTally() adds up the layers and measures what came", () => {
  let ms = 0;
  const tally = createPullTally("m", () => ms);
  tally.add({ status: "pulling manifest" });
  tally.add({ status: "pulling a", total: 1000, completed: 400 });
  ms = 2000;
  tally.add({ status: "pulling a", total: 1000, completed: 800 });
  const state = tally.add({ status: "pulling b", total: 500, completed: 500 });
  // 400 of `a` and all of `b` were there before: only 400 bytes came in two seconds.
  deepEqual(state, { label: "m", status: "pulling b", completed: 1300, total: 1500, speed: 200 });
});

Deno.test("createPullTally() forgets how fast it was", () => {
  let ms = 0;
  const tally = createPullTally("m", () => ms);
  tally.add({ status: "a", total: 9000, completed: 0 });
  ms = 1000;
  tally.add({ status: "a", total: 9000, completed: 8000 });
  for (ms = 2000; ms <= 20_000; ms += 1000) {
    tally.add({ status: "a", total: 9000, completed: 8000 });
  }
  equal(tally.state.speed, 0);
});

Deno.test("createPullTally() takes no nonsense from a server", () => {
  const tally = createPullTally("m", () => 0);
  const anything = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.constant(undefined),
    fc.constant(null),
    fc.string(),
  );
  fc.assert(fc.property(fc.string(), anything, anything, (status, completed, total) => {
    const state = tally.add({ status, completed, total } as never);
    ok(Number.isFinite(state.total) && state.completed >= 0 && state.completed <= state.total);
  }));
});

function stepsTo(total: number) {
  return Array.from({ length: 101 }, (_, i) => ({
    status: "pulling a",
    total,
    completed: total * i / 100,
  }));
}

Deno.test("createPullProgress() tells each tenth where there is no terminal", () => {
  const output = new RecordedOutput();
  const progress = createPullProgress(output, "m");
  for (const step of [{ status: "pulling manifest" }, ...stepsTo(2e9), { status: "success" }]) {
    progress.update(step);
  }
  progress.stop();
  const tenths = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((n) => `m: ${n} % of 2.0 GB`);
  deepEqual(output.text.trimEnd().split("\n"), [
    "m: pulling manifest",
    ...tenths,
    "m: pulling a",
    "m: success",
  ]);
});

Deno.test("createPullProgress() tells no end of lines", () => {
  const output = new RecordedOutput();
  const progress = createPullProgress(output, "m");
  for (let i = 0; i < 5000; i++) progress.update({ status: `step ${i}\n\x1b[31m` });
  ok(output.text.split("\n").length < 100);
  ok(!output.text.includes("\x1b"));
});

Deno.test("createPullProgress() draws at most ten times a second, and leaves a clear line", () => {
  const output = new RecordedOutput({ isTerminal: true });
  let ms = 0;
  const progress = createPullProgress(output, "m", () => ms);
  for (const step of stepsTo(2e9)) {
    progress.update(step);
    ms += 10;
  }
  progress.stop();
  const drawn = output.text.split("\r\x1b[K");
  equal(drawn.length - 2, 11);
  equal(drawn.at(-1), "");
});

Deno.test("createPullProgress() leaves room for the ^C that a terminal shows", () => {
  for (const columns of [20, 40, 80, 200]) {
    const output = new RecordedOutput({ isTerminal: true, columns });
    let ms = 0;
    const progress = createPullProgress(output, "mistral:7b-instruct-v0.2-q4_K_M", () => ms);
    for (const step of stepsTo(2e9)) {
      progress.update(step);
      ms += 50;
    }
    progress.stop();
    for (const line of output.text.split("\r\x1b[K")) ok(`${line}^C`.length < columns, line);
  }
});

Deno.test("createPullProgress() says something between two bars", () => {
  const output = new RecordedOutput({ isTerminal: true });
  const progress = createPullProgress(output, "m", () => 0);
  progress.update({ status: "pulling a", total: 10, completed: 5 });
  progress.say("a word\x1b");
  progress.stop();
  ok(output.text.endsWith("\r\x1b[Ka word\\x1b\n\r\x1b[K"), JSON.stringify(output.text));
});
