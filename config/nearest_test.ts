import { deepEqual, equal } from "node:assert/strict";
import { nearestWords, suggestion } from "./nearest.ts";

const commands = ["review", "format", "complexity", "serve", "tools", "doctor"];

Deno.test("nearestWords() finds what was meant, or nothing", () => {
  const cases: [string, string[]][] = [
    ["reveiw", ["review"]],
    ["REVIEW", ["review"]],
    ["formatt", ["format"]],
    ["tool", ["tools"]],
    ["fmt", []],
    ["banana", []],
    ["", []],
    ["x".repeat(1_000_000), []],
  ];
  for (const [word, expected] of cases) {
    deepEqual(nearestWords(word, commands), expected, word.slice(0, 20));
  }
});

Deno.test("nearestWords() gives the likeliest first, and no more than asked for", () => {
  const options = ["extend", "exclude", "extend-exclude", "line-length"];
  deepEqual(nearestWords("excldue", options), ["exclude"]);
  deepEqual(nearestWords("line_length", options), ["line-length"]);
  deepEqual(nearestWords("E40", ["F401", "E402", "E401"]), ["E402", "E401"]);
  deepEqual(nearestWords("E40", ["F401", "E402", "E401"], 1), ["E402"]);
});

Deno.test("nearestWords() guesses at no word of a letter or two", () => {
  deepEqual([nearestWords("j", ["p", "J"]), nearestWords("ab", ["ac"])], [["J"], []]);
});

Deno.test("suggestion() is a clause, or empty", () => {
  equal(suggestion("serv", commands), '; did you mean "serve"?');
  equal(suggestion("banana", commands), "");
});
