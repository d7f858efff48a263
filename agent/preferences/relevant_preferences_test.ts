import assert from "node:assert/strict";
import { relevantPreferences } from "./relevant_preferences.ts";

const ALL = [
  "always use type hints",
  "In Go, never use panic in golang libraries",
  "answer in German",
  "I prefer pytest",
  "use 2 spaces in JavaScript",
];

const CASES: [about: "code" | "talk", text: string, relevant: number[]][] = [
  ["code", "write a python function", [0, 3]],
  ["code", "write a function in JavaScript", [0, 3, 4]],
  ["code", "write a function", [0, 1, 3, 4]],
  ["talk", "what is a closure?", [2]],
  ["talk", "how do I run pytest?", [2, 3]],
  ["talk", "is this the way I should use it", [2]],
];

for (const [about, text, relevant] of CASES) {
  Deno.test(`relevantPreferences() for ${about} about ${JSON.stringify(text)}`, () => {
    assert.deepEqual(relevantPreferences(ALL, about, text), relevant.map((i) => ALL[i]));
  });
}
