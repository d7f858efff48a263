import { equal } from "node:assert/strict";
import { nearest, suggestion } from "./nearest.ts";

const commands = ["review", "format", "complexity", "serve", "tools", "doctor"];

Deno.test("nearest() finds what was meant, or nothing", () => {
  const cases: [string, string | undefined][] = [
    ["reveiw", "review"],
    ["REVIEW", "review"],
    ["fmt", undefined],
    ["formatt", "format"],
    ["tool", "tools"],
    ["banana", undefined],
    ["", undefined],
    ["x".repeat(100_000), undefined],
  ];
  for (const [word, expected] of cases) equal(nearest(word, commands), expected, word.slice(0, 20));
});

Deno.test("suggestion() is a clause, or empty", () => {
  equal(suggestion("serv", commands), '; did you mean "serve"?');
  equal(suggestion("banana", commands), "");
});
