import { equal, rejects } from "node:assert/strict";
import { askYes, canAsk } from "./ask.ts";
import { fakeApp, RecordedOutput } from "./fake_app.ts";

const ANSWERS: [answer: string, yes: boolean][] = [
  ["y\n", true],
  ["YES\r\n", true],
  [" y ", true],
  ["\n", false],
  ["", false],
  ["no", false],
  ["yesterday", false],
];

for (const [answer, yes] of ANSWERS) {
  Deno.test(`askYes() takes ${JSON.stringify(answer)} for ${yes ? "yes" : "no"}`, async () => {
    const app = fakeApp();
    equal(await askYes("Remove \x1b[2J?", app, () => Promise.resolve(answer)), yes);
    equal(app.stderr.text, "Remove \\x1b[2J? [y/N] ");
  });
}

Deno.test("askYes() ends when Ctrl-C is the answer", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const answer = askYes("Sure?", { ...fakeApp(), signal }, () => new Promise(() => {}));
  controller.abort(new Error("stopped"));
  await rejects(answer, /stopped/);
});

Deno.test("canAsk() needs a terminal at both ends", () => {
  const stderr = new RecordedOutput({ isTerminal: true });
  equal(canAsk(fakeApp({ stderr, stdinIsTerminal: true })), true);
  equal(canAsk(fakeApp({ stderr, stdinIsTerminal: false })), false);
  equal(canAsk(fakeApp({ stdinIsTerminal: true })), false);
});
