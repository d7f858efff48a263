import assert from "node:assert/strict";
import fc from "fast-check";
import { findPreferences } from "./find_preferences.ts";

const STATED: [message: string, preferences: string[]][] = [
  ["always type hints", ["always type hints"]],
  ["Always use type hints.", ["Always use type hints"]],
  ["Please always add docstrings!", ["always add docstrings"]],
  ["never use print", ["never use print"]],
  ["I prefer pytest", ["I prefer pytest"]],
  ["I'd prefer pytest over unittest.", ["I'd prefer pytest over unittest"]],
  ["We never use global variables", ["We never use global variables"]],
  ["I want you to always explain your code", ["I want you to always explain your code"]],
  ["From now on, use 4 spaces", ["use 4 spaces"]],
  ["ok, from now on please answer in German", ["answer in German"]],
  ["remember that I use Python 3.12", ["I use Python 3.12"]],
  ["Remember: tests live in spec/", ["tests live in spec/"]],
  ["remember to keep functions short", ["keep functions short"]],
  ["In future use `ruff` for linting", ["use `ruff` for linting"]],
  ["Don't ever use eval", ["Don't ever use eval"]],
  ["My name is Ada", ["My name is Ada"]],
  ["Write a function that adds two numbers. Always use type hints.", ["Always use type hints"]],
  ["write fib, and always use type hints", ["always use type hints"]],
  ["always use type hints, now write fib", ["always use type hints"]],
  ["- always use tabs\n- never use `eval`", ["always use tabs", "never use `eval`"]],
  ["1. Always test\n2. Never guess", ["Always test", "Never guess"]],
  ["Always test. always test", ["Always test", "always test"]],
  ["never use\x1b[2J\u202eprint", ["never use [2J print"]],
];

for (const [message, preferences] of STATED) {
  Deno.test(`findPreferences() finds what is stated in ${JSON.stringify(message)}`, () => {
    assert.deepEqual(findPreferences(message), preferences);
  });
}

const OTHERS = [
  "write a function that always returns 1",
  "The function always returns None",
  "Always returns None",
  "always fails with KeyError",
  "It never works",
  "never mind",
  "Should I always use type hints?",
  "Why does it never print?",
  "always use type hints?",
  "do you prefer pytest",
  "remember that bug from yesterday",
  "Do you remember that I use Python?",
  "remember",
  "from now on",
  'review this: "always use tabs"',
  'The guide says "Be nice. Always use tabs. Never use spaces."',
  "`always use tabs` is what it says",
  "> always use tabs\n> never use spaces",
  "```\nalways use tabs\n```",
  "```python\n# always use tabs\nI prefer this\n",
  "    always use tabs",
  "if x: never()",
  `always ${"x ".repeat(400)}`,
  `${"Explain.\n".repeat(2_000)}\nalways use tabs`,
  "",
];

for (const message of OTHERS) {
  Deno.test(`findPreferences() finds nothing in ${JSON.stringify(message.slice(0, 60))}`, () => {
    assert.deepEqual(findPreferences(message), []);
  });
}

Deno.test("findPreferences() gives short lines, whatever the message", () => {
  const word = fc.constantFrom(
    "always",
    "never",
    "I prefer",
    "remember that",
    ",",
    ". ",
    "\n",
    "?",
  );
  const words = fc.array(fc.oneof(word, fc.string({ unit: "binary" })), { maxLength: 30 });
  fc.assert(fc.property(words, (words) => {
    const found = findPreferences(words.join(" "));
    assert.ok(found.length <= 5);
    for (const one of found) assert.ok(one !== "" && one.length <= 300 && !/\p{Cc}/u.test(one));
  }));
});

Deno.test("findPreferences() takes no longer for hostile messages", () => {
  const start = performance.now();
  for (const text of ["always ", ", and please ", "- ", '"', "`", "from now on, "]) {
    findPreferences(text.repeat(8_000 / text.length));
  }
  assert.ok(performance.now() - start < 5_000);
});
