import { deepEqual, equal, rejects } from "node:assert/strict";
import type { ChatModel } from "../models/chat_model.ts";
import { createScripted } from "../models/scripted.ts";
import type { Cache } from "../store/cache.ts";
import { askForClaims } from "./review_answer.ts";

const messages = [{ role: "user" as const, content: "1| x = 1" }];
const finding = {
  quote: "x = 1",
  line: 1,
  category: "correctness",
  message: "It is 2",
  suggestion: "Write 2",
  severity: "major",
  confidence: 0.8,
};

function memoryCache(): Cache & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    get: (key) => Promise.resolve(entries.get(key)),
    set: (key, value) => Promise.resolve(void entries.set(key, value)),
  };
}

/** A model that always gives the same reply. */
function says(text: string) {
  return createScripted([text], { repeatLast: true });
}

function replyOf(...findings: Record<string, unknown>[]): string {
  return JSON.stringify({ findings });
}

Deno.test("askForClaims() takes words for no findings only when they say nothing else", async () => {
  const denials = [
    "No issues found.",
    "I have found no real problems in this code",
    "There were no errors!",
    "The code has no bugs.\n",
  ];
  for (const text of denials) {
    deepEqual(await askForClaims(says(text), messages, { cache: memoryCache() }), [], text);
  }
  const others = [
    "There is no error handling: open() is never closed and the loop skips item 0.",
    "There is no error handling.",
    "Line 3: no bug-free path; result is wrong",
    "No issues with the loop, but the result is never returned.",
    "There are no issues. Line 5 never sees the first item.",
    "No findings can be given, as the code was cut off",
  ];
  for (const text of others) {
    const asked = askForClaims(says(text), messages, { cache: memoryCache() });
    await rejects(asked, { fault: "unusable" }, text);
  }
});

Deno.test("askForClaims() maps the severities that a model invents", async () => {
  const table = [
    ["blocker", "critical"],
    ["High", "major"],
    ["error", "major"],
    ["warning", "minor"],
    ["low", "info"],
    ["P1", "minor"],
    [undefined, "minor"],
  ];
  for (const [severity, meant] of table) {
    const model = says(replyOf({ ...finding, severity }));
    const [claim] = await askForClaims(model, messages, { cache: memoryCache() });
    equal(claim!.severity, meant, severity);
  }
});

Deno.test("askForClaims() keeps no answer that it had to guess", async () => {
  const table: [string, kept: number][] = [
    [replyOf(), 1],
    [replyOf(finding, {}), 1],
    ["There are no issues.", 0],
    [replyOf({ quote: [7] }, { line: 3 }), 0],
  ];
  for (const [reply, kept] of table) {
    const cache = memoryCache();
    await askForClaims(says(reply), messages, { cache });
    equal(cache.entries.size, kept, reply);
  }
});

Deno.test("askForClaims() asks again when endpoint, context or temperature are others", async () => {
  const model = says(replyOf(finding));
  const cache = memoryCache();
  const others: Partial<ChatModel>[] = [
    {},
    { endpoint: "http://another" },
    { contextTokens: 4096 },
    { profile: { ...model.profile, temperature: 0.7 } },
  ];
  for (const [index, values] of others.entries()) {
    const other = { ...model, ...values };
    const first = await askForClaims(other, messages, { cache });
    deepEqual(await askForClaims(other, messages, { cache }), first);
    equal(model.requests.length, index + 1, Object.keys(values).join());
  }
});
