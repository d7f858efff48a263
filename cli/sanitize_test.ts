import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { isVisible, sanitize, sanitizeLine, toJson } from "./sanitize.ts";

const dangerous =
  // deno-lint-ignore no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\u{e0000}-\u{e0fff}]/u;
const anyText = fc.string({ unit: "binary", maxLength: 200 });
const hostileText = fc.array(
  fc.constantFrom(
    "\x1b[2J",
    "\x9b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "a",
    "é",
    "\n",
    "\t",
    "\ud800",
  ),
).map((parts) => parts.join(""));

Deno.test("sanitize() escapes what acts on a terminal and nothing else", () => {
  const cases: [string, string][] = [
    ["plain é 中 🙂", "plain é 中 🙂"],
    ["a\tb\nc", "a\tb\nc"],
    ["\x1b[31mred", "\\x1b[31mred"],
    ["\x9b31m", "\\x9b31m"],
    ["over\rwritten", "over\\rwritten"],
    ["\x07\x00\x7f", "\\x07\\x00\\x7f"],
    ["a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
    ["zero\u200bwidth\ufeff", "zero\\u{200b}width\\u{feff}"],
    ["tag\u{e0041}", "tag\\u{e0041}"],
    ["lone\ud800", "lone\\u{d800}"],
  ];
  for (const [raw, shown] of cases) equal(sanitize(raw), shown);
});

Deno.test("sanitize() lets no dangerous character of any text through", () => {
  fc.assert(fc.property(fc.oneof(anyText, hostileText), (text) => {
    ok(!dangerous.test(sanitize(text)));
    ok(sanitize(text).isWellFormed());
  }));
});

Deno.test("sanitizeLine() keeps any text on one line", () => {
  equal(sanitizeLine("a\nb\tc\r"), "a\\nb\\tc\\r");
  fc.assert(fc.property(fc.oneof(anyText, hostileText), (text) => {
    const line = sanitizeLine(text);
    ok(!/[\n\r\t]/.test(line) && !dangerous.test(line));
    ok([...line].every(isVisible));
  }));
});

Deno.test("toJson() is harmless on a terminal and parses to the same value", () => {
  equal(toJson("\x9b\u202e\u{e0041}"), '"\\u009b\\u202e\\udb40\\udc41"');
  fc.assert(
    fc.property(fc.oneof(anyText, hostileText), fc.constantFrom(undefined, 2), (text, n) => {
      const json = toJson({ text: [text] }, n);
      ok(!dangerous.test(json));
      deepEqual(JSON.parse(json), { text: [text] });
    }),
  );
});
