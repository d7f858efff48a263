import assert from "node:assert/strict";
import fc from "fast-check";
import { dropOpenedThinking, ThinkingFilter } from "./thinking.ts";

function filter(pieces: string[]): string {
  const filter = new ThinkingFilter();
  return pieces.map((piece) => filter.push(piece)).join("") + filter.end();
}

for (
  const [text, answer] of [
    ["", ""],
    ["Yes", "Yes"],
    [" Yes", " Yes"],
    ["  ", "  "],
    ["<think>Hm</think>Yes", "Yes"],
    ["\n<think>\nHm\n</think>\n\nYes\n", "Yes\n"],
    ["<think></think><think>x</think> Yes", "Yes"],
    ["<think>never ends", ""],
    ["<think>nearly</thin", ""],
    ["<thin", "<thin"],
    ["<thinking>Yes", "<thinking>Yes"],
    ["Use `<think>x</think>`", "Use `<think>x</think>`"],
    ["<think>a</think>b<think>c</think>", "b<think>c</think>"],
    ["<think>a <think> b</think>c", "c"],
  ] as const
) {
  Deno.test(`ThinkingFilter leaves "${answer}" of "${text}"`, () => {
    assert.equal(filter([text]), answer);
    assert.equal(filter(text.split("")), answer, "character by character");
  });
}

Deno.test("ThinkingFilter gives the same answer however the reply is cut", () => {
  const part = fc.constantFrom("<think>", "</think>", "<", "</th", "ink>", " ", "\n", "a", "😀");
  const pieces = fc.array(fc.array(part).map((parts) => parts.join("")));
  fc.assert(fc.property(pieces, (pieces) => {
    assert.equal(filter(pieces), filter([pieces.join("")]));
  }));
});

Deno.test("ThinkingFilter shows an answer at once", () => {
  const filter = new ThinkingFilter();
  assert.equal(filter.push("Y"), "Y");
  assert.equal(filter.push("<think>"), "<think>");
});

Deno.test("ThinkingFilter takes time in proportion to the text", () => {
  const blanks = Array.from({ length: 200_000 }, () => " ");
  const thinking = ["<think>", ...Array.from({ length: 200_000 }, () => "x")];
  const start = performance.now();
  assert.equal(filter(blanks).length, 200_000);
  assert.equal(filter(thinking), "");
  assert(performance.now() - start < 3000);
});

Deno.test("dropOpenedThinking() drops what the template opened", () => {
  const cases = [
    ["Hm\n</think>\n\nYes", "Yes"],
    ["Hm, `</think>`?\r\n </think> \r\nYes\n", "Yes\n"],
    ["</think>\nYes", "Yes"],
    ["Try:\n```js\nx()\n```\nFine.\n</think>\nYes\n</think>\nNo", "Yes\n</think>\nNo"],
    ["Hm\n</think>", ""],
  ];
  for (const [text, answer] of cases) assert.equal(dropOpenedThinking(text!), answer, text);
});

Deno.test("dropOpenedThinking() leaves an answer that is about the tag", () => {
  const answers = [
    "Yes",
    "It ends with </think> and a line break.",
    'Use this:\n```js\nconst CLOSE = "</think>";\n```\n',
    "```xml\n<think>\nHm\n</think>\n```\nThat is all.\n",
    "````md\n```xml\n</think>\n```\n</think>\n````\n",
    "<x>\n</think></x>",
  ];
  for (const text of answers) assert.equal(dropOpenedThinking(text), text);
});
