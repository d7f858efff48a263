import assert from "node:assert/strict";
import {
  createWeakModel,
  type Flaw,
  FLAWS,
  mulberry32,
  type TrueAnswer,
} from "./fake_weak_model.ts";

const DATA: TrueAnswer = { json: { title: "it's", steps: ["a", "b"], effort: 3 } };
const CODE: TrueAnswer = {
  code: "def f():\n    return 1\n",
  language: "python",
  prose: "It is 1.",
};
const CALL = { model: "m", messages: [], prompt: "", promptTokens: 0, truncated: false, index: 0 };

async function sayOften(truth: TrueAnswer, seed = 1, times = 4000) {
  const weak = createWeakModel(() => truth, seed);
  const said = [];
  for (let i = 0; i < times; i++) {
    said.push(await weak.reply(CALL) as { text: string; done?: string });
  }
  return { said, replies: weak.replies };
}

function isWhole(text: string): boolean {
  try {
    assert.deepEqual(JSON.parse(text), (DATA as { json: object }).json);
    return true;
  } catch {
    return false;
  }
}

Deno.test("mulberry32() repeats, and is even", () => {
  const [a, b] = [mulberry32(7), mulberry32(7)];
  const numbers = Array.from({ length: 10_000 }, a);
  assert.deepEqual(numbers.slice(0, 5), Array.from({ length: 5 }, b));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02, String(mean));
});

Deno.test("createWeakModel() is as careless as said, each time the same way", async () => {
  const { replies, said } = await sayOften(DATA);
  for (const [flaw, rate] of Object.entries(FLAWS) as [Flaw, number][]) {
    const share = replies.filter(({ flaws }) => flaws.includes(flaw)).length / replies.length;
    assert.ok(Math.abs(share - rate) < 0.03, `${flaw}: ${share}`);
  }
  assert.deepEqual((await sayOften(DATA)).said, said);
  assert.notDeepEqual((await sayOften(DATA, 2)).said, said);
});

Deno.test("createWeakModel() says what is true where it is not careless", async () => {
  const { replies } = await sayOften(DATA);
  for (const { text, flaws } of replies) {
    const bare = text.replace(/^```json\n([^]*)\n```$/, "$1");
    assert.equal(isWhole(bare), flaws.length === 0, text);
  }
});

Deno.test("createWeakModel() spoils code by words, labels and early ends only", async () => {
  const { replies, said } = await sayOften(CODE);
  const flaws = new Set(replies.flatMap((reply) => reply.flaws));
  assert.deepEqual(flaws, new Set(["prose", "wrongFence", "cutOff"]));
  const ends = replies.map((reply, i) => [reply.flaws.includes("cutOff"), said[i]!.done] as const);
  for (const [isCut, done] of ends) assert.ok(isCut ? done !== undefined : done === undefined);
  const [length, stop] = ["length", "stop"].map((end) =>
    ends.filter(([, done]) => done === end).length
  );
  assert.ok(length! > 50 && stop! > 50);
  for (const { text, flaws } of replies.filter((reply) => !reply.flaws.includes("cutOff"))) {
    assert.ok(text.includes("def f():\n    return 1\n```"));
    assert.equal(text.includes("```python\n"), !flaws.includes("wrongFence"), text);
  }
});
