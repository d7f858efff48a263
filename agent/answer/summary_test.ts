import assert from "node:assert/strict";
import type { Turn } from "../../sessions/session.ts";
import { fakeSession, fakeTurn } from "../fake_world.ts";
import { runningSummary, summarize } from "./summary.ts";

const call = (tool: string, status: "done" | "failed" = "done") => ({
  step: "step1",
  tool,
  arguments: {},
  status,
  text: "",
  ms: 1,
});

const TURNS: [turn: Partial<Turn>, line: string][] = [
  [{ input: "hello", answer: "Hello! How can I help?" }, '- "hello": Hello!'],
  [
    { input: "review src/a.py", calls: [call("review_code"), call("format_code", "failed")] },
    '- "review src/a.py": review_code done, format_code failed',
  ],
  [
    { input: "write fib", answer: "Here it is:\n\n```python\ndef fib(n):\n    ...\n```\n\nDone." },
    '- "write fib": Here it is: Done.; python code of 2 lines',
  ],
  [{ input: "```\nx\n```", answer: "", status: "stopped" }, '- "(code)": stopped'],
  [{ input: "x", answer: "Half an", status: "failed" }, '- "x": failed: Half an'],
  [{ input: "a\n\x1b[2Jb", answer: "" }, '- "a [2Jb": no answer'],
];

for (const [values, line] of TURNS) {
  Deno.test(`summarize() says ${line}`, () => {
    assert.equal(summarize([{ ...fakeTurn("x"), ...values }]), line);
  });
}

Deno.test("summarize() of many turns is short: the oldest share a line", () => {
  const turns = Array.from({ length: 500 }, (_, i) => ({
    ...fakeTurn(`message ${i} ${"word ".repeat(50)}`, i),
    calls: [call(i % 5 ? "review_code" : "format_code")],
    answer: "word ".repeat(500),
  }));
  const text = summarize(turns);
  assert.ok(text.length <= 4_000, `${text.length}`);
  const [first, ...others] = text.split("\n");
  assert.match(
    first!,
    /^- \d+ earlier messages, from "message 0 [^"]*" on: review_code \d+ times, format_code \d+ times$/,
  );
  assert.match(others.at(-1)!, /^- "message 499 /);
  assert.equal(summarize([]), "");
});

Deno.test("runningSummary() goes on from the summary that the session has", () => {
  const turns = ["a", "b", "c", "d"].map((input, i) => fakeTurn(input, i + 1));
  const session = { ...fakeSession(), turns, summary: { text: "So far.", turns: 2 } };
  assert.equal(runningSummary(session, 3), 'So far.\n- "c": no answer');
  assert.equal(runningSummary(session, 1), "So far.");
  assert.equal(runningSummary({ ...fakeSession(), turns }, 0), "");
});
