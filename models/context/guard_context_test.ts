import assert from "node:assert/strict";
import type { ChatModel, Usage } from "../chat_model.ts";
import { guardContext } from "./guard_context.ts";
import { ModelError } from "../model_error.ts";
import { createScripted } from "../scripted.ts";
import { estimateTokens } from "./token_estimate.ts";

function user(content: string) {
  return [{ role: "user" as const, content }];
}

function usage(promptTokens: number, estimated = false): Usage {
  return { promptTokens, completionTokens: 1, estimated };
}

/** A model whose server counts `promptTokens` each time. */
function counting(contextTokens: number, ...counts: number[]) {
  const replies = counts.map((count) => ({ text: "ok", usage: usage(count) }));
  return createScripted(replies, { contextTokens, repeatLast: true });
}

function isTooLong(message: RegExp) {
  return (error: unknown) =>
    error instanceof ModelError && error.fault === "too_long" && message.test(error.message) &&
    error.hint !== undefined;
}

const WORDS = "alpha beta gamma delta ".repeat(500);

Deno.test("guardContext() refuses a prompt that does not fit, and sends nothing", async () => {
  const model = createScripted(["ok"], { contextTokens: 1000 });
  const chat = guardContext(model).chat({ messages: user(WORDS), maxTokens: 100 });
  await assert.rejects(chat, isTooLong(/about 2881 tokens of 1000, and the reply needs up to 100/));
  assert.equal(model.requests.length, 0);
});

Deno.test("guardContext() gives the reply what the prompt leaves", async () => {
  const model = createScripted(["a", "b"], { contextTokens: 3000 });
  const guarded = guardContext(model);
  await guarded.chat({ messages: user(WORDS), maxTokens: 400 });
  await guarded.chat({ messages: user("short"), maxTokens: 400 });
  assert.deepEqual(model.requests.map(({ maxTokens }) => maxTokens), [119, 400]);
  await assert.rejects(guarded.chat({ messages: user(WORDS), maxTokens: 500 }), ModelError);
});

Deno.test("guardContext() finds out that the server dropped a part of the prompt", async () => {
  for (const read of [100, 1500, 2048]) {
    const guarded = guardContext(counting(8192, read));
    await assert.rejects(
      guarded.chat({ messages: user(WORDS), maxTokens: 100 }),
      isTooLong(new RegExp(`read ${read} tokens of a prompt of about 2881`)),
    );
  }
});

Deno.test("guardContext() believes what may be true", async () => {
  for (const read of [2000, 2047, 2881, 5000]) {
    const guarded = guardContext(counting(8192, read));
    assert.equal((await guarded.chat({ messages: user(WORDS), maxTokens: 100 })).text, "ok");
  }
  const untold = createScripted([{ text: "ok", usage: usage(5, true) }]);
  await guardContext(untold).chat({ messages: user(WORDS), maxTokens: 100 });
});

Deno.test("guardContext() corrects the estimate by what the server counts, within bounds", async () => {
  async function learned(read: number, calls: number): Promise<number> {
    const model = counting(1e6, read);
    const guarded: ChatModel = guardContext(model);
    for (let i = 0; i < calls; i++) await guarded.chat({ messages: user(WORDS), maxTokens: 9 });
    assert.equal(estimateTokens(WORDS, model), estimateTokens(WORDS, guarded));
    return estimateTokens(WORDS, guarded) / 2875;
  }
  const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 0.01, `${a} is not ${b}`);
  close(await learned(2881, 3), 1);
  close(await learned(1.2 * 2881, 1), 1.05);
  close(await learned(1.2 * 2881, 30), 1.2);
  close(await learned(0.75 * 2881, 30), 0.75);
  close(await learned(9 * 2881, 30), 2);
});
