import assert from "node:assert/strict";
import { speaksOfCode } from "./speaks_of_code.ts";

const LAST = "def total(values):\n    return sum(values)\n";

Deno.test("speaksOfCode() tells changes from something new", () => {
  const old = [
    "make it a class",
    "could this be done without a loop",
    "hmm, could that be done without a loop? rewrite it",
    "do that with a dict instead",
    "shorter",
    "add type hints and a docstring to it",
    "add a parameter for the limit to it",
    "same thing in go",
    "total() should raise an error",
    "I want a version of it in Go",
    "the code you gave me needs a cache",
    "make it recursive and write a test for it",
    "no review needed, make it faster",
    "I'd rather have it log what it does, so modify the code accordingly",
    "that function ought to work without recursion",
    "rewrite that in javascript",
  ];
  const fresh = [
    "write a bloom filter, review it and save the code in bloom.py",
    "I'd like an event bus in python, save the code to bus.py",
    "a script that pings a list of hosts, put it into ops/ping.py",
    "parse nginx logs, some python that groups them",
    "we're missing a helper here: it ought to produce prime numbers",
    "first the code for Roman numerals, after that an audit of it",
    "function that rates a password and says how strong it is",
    "it would be great to have a parser of dates",
    "write a stack, then refactor it",
    "binary tree class, format it, save as tree.py",
    "call print() at the end",
  ];
  for (const said of old) assert.ok(speaksOfCode(said, LAST), said);
  for (const said of fresh) assert.ok(!speaksOfCode(said, LAST), said);
});

Deno.test("speaksOfCode() takes no time over hostile messages", () => {
  const start = performance.now();
  for (const part of ["it ", "a and ", "make ", "write a ", ", ", "x()", "the code for "]) {
    speaksOfCode(part.repeat(40_000 / part.length), LAST);
  }
  assert.ok(performance.now() - start < 1_000);
});
