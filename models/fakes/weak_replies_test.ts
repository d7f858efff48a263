import assert from "node:assert/strict";
import * as z from "zod";
import type { ChatModel } from "../chat_model.ts";
import { askCode } from "../code_reply.ts";
import { createWeakModel, type Flaw, type TrueAnswer } from "./fake_weak_model.ts";
import { ModelError } from "../model_error.ts";
import { createScripted } from "../scripted.ts";
import { askStructured } from "../structured/structured.ts";

const CALLS = 2000;
const messages = [{ role: "user" as const, content: "Do it." }];

/** A scripted model that says `truth` as carelessly as a small one; the flaws are those of all replies. */
function weakModel(
  truth: () => TrueAnswer,
  seed: number,
): { model: ChatModel; flaws: () => Flaw[][] } {
  const weak = createWeakModel(truth, seed);
  const model = createScripted([async ({ messages }) => {
    const call = {
      model: "weak",
      messages,
      prompt: "",
      promptTokens: 1,
      truncated: false,
      index: 0,
    };
    const reply = await weak.reply(call);
    return typeof reply === "string" ? reply : { text: reply.text ?? "", done: reply.done };
  }], { repeatLast: true });
  return { model, flaws: () => weak.replies.map((reply) => reply.flaws) };
}

interface Tally {
  valid: number;
  calls: number;
  /** Valid, and not what the model meant. */
  wrong: number;
}

/** One use of the model; true when what came is what was meant. */
type Use = () => Promise<{ calls: number; isTrue: boolean }>;

async function tally(use: Use): Promise<Tally> {
  const sum = { valid: 0, calls: 0, wrong: 0 };
  for (let i = 0; i < CALLS; i++) {
    try {
      const { calls, isTrue } = await use();
      sum.valid++;
      sum.calls += calls;
      if (!isTrue) sum.wrong++;
    } catch (error) {
      if (!(error instanceof ModelError && error.fault === "unusable")) throw error;
      sum.calls += 3;
    }
  }
  return sum;
}

const schema = z.object({
  title: z.string().min(1),
  steps: z.array(z.string()).min(1),
  size: z.enum(["low", "medium", "high"]),
  confidence: z.number().min(0).max(100),
  risky: z.boolean(),
  findings: z.array(z.object({ line: z.int(), message: z.string() })),
});
const answer = {
  title: "Read the file, don't write it",
  steps: ["Open {path} and read it.", 'Say "done", if asked.', "Close it [always]."],
  size: "medium",
  confidence: 80,
  risky: false,
  findings: [{ line: 3, message: "It's never closed." }, { line: 9, message: "x" }],
};

Deno.test("askStructured() gets 99 % of a weak model's answers in at most 1.4 calls each", async () => {
  const { model, flaws } = weakModel(() => ({ json: answer }), 1);
  const result = await tally(async () => {
    const { value, calls } = await askStructured(model, { messages, schema, maxTokens: 500 });
    const isSpoilt = flaws().slice(-calls).flat().includes("wrongField");
    return { calls, isTrue: isSpoilt || JSON.stringify(value) === JSON.stringify(answer) };
  });
  assert.ok(result.valid >= 0.99 * CALLS, `${result.valid} valid`);
  assert.ok(result.calls <= 1.4 * CALLS, `${result.calls} calls`);
  assert.equal(result.wrong, 0);
});

const CODE = "def read(path):\n    with open(path) as file:\n        return file.read()\n";

Deno.test("askCode() gets 99 % of a weak model's code in at most 1.4 calls each", async () => {
  const truth = { code: CODE, language: "python", prose: "It reads the file." };
  const { model } = weakModel(() => truth, 2);
  const check = (code: string) => Promise.resolve(code === CODE ? undefined : "line 1: broken");
  const result = await tally(async () => {
    const question = { messages, language: "python", maxTokens: 500, check };
    const { code, calls, finding } = await askCode(model, question);
    return { calls, isTrue: code === CODE && finding === undefined };
  });
  assert.ok(result.valid >= 0.99 * CALLS, `${result.valid} valid`);
  assert.ok(result.calls <= 1.4 * CALLS, `${result.calls} calls`);
  assert.ok(result.wrong <= 0.01 * CALLS, `${result.wrong} wrong`);
});
