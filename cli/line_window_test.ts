import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { layOutLine, layOutPlainLine } from "./line_window.ts";
import { isVisible } from "./sanitize.ts";
import { textWidth } from "./width.ts";

/** The marks as a picture: the text above the carets. */
function picture(line: string, from: number, to: number, room: number): string[] {
  const { text, start, width } = layOutLine(line, from, to, room);
  return [text, " ".repeat(start) + "^".repeat(width)];
}

Deno.test("layOutLine() marks the exact span", () => {
  const x = "x".repeat(1_000_000);
  const cases: [string, number, number, number, string[]][] = [
    ["import os", 7, 9, 40, ["import os", "       ^^"]],
    ["\tx = 1", 1, 2, 40, ["    x = 1", "    ^"]],
    ["中文 = y", 0, 2, 40, ["中文 = y", "^^^^"]],
    ["a🙂b", 1, 3, 40, ["a🙂b", " ^^"]],
    ["a🙂b", 3, 4, 40, ["a🙂b", "   ^"]],
    ["e\u0301 = 1", 0, 2, 40, ["e\u0301 = 1", "^"]],
    ["x\x1b[0m", 1, 2, 40, ["x\\x1b[0m", " ^^^^"]],
    ["abc", 3, 3, 40, ["abc", "   ^"]],
    ["", 0, 0, 40, ["", "^"]],
    [x, 500_000, 500_003, 20, ["…xxxxxxxxxxxxxxxxxx…", "           ^^^"]],
    [x, 999_998, 1_000_000, 20, ["…xxxxxxxxxxxx", "           ^^"]],
    ["0123456789abcdef", 4, 16, 10, ["…456789ab…", " ^^^^^^^^"]],
    ["0123456789abcdef", 0, 2, 10, ["012345678…", "^^"]],
  ];
  for (const [line, from, to, room, expected] of cases) {
    deepEqual(picture(line, from, to, room), expected, line.slice(0, 20));
  }
});

Deno.test("layOutPlainLine() cuts at the right", () => {
  equal(layOutPlainLine("0123456789", 10), "0123456789");
  equal(layOutPlainLine("0123456789a", 10), "012345678…");
});

const lineAndSpan = fc.tuple(
  fc.array(fc.constantFrom("a", " ", "\t", "中", "🙂", "\u0301", "\x1b", "\u202e", "\ud800"), {
    maxLength: 120,
  }).map((parts) => parts.join("")),
  fc.nat(130),
  fc.nat(130),
  fc.integer({ min: 10, max: 80 }),
);

Deno.test("layOutLine() always fits, shows the span's start and nothing hidden", () => {
  fc.assert(fc.property(lineAndSpan, ([line, a, b, room]) => {
    const from = Math.min(a, line.length);
    const { text, start, width } = layOutLine(line, from, Math.min(from + b, line.length), room);
    ok(textWidth(text) <= room, "too wide");
    ok([...text].every(isVisible), "hidden characters");
    ok(start <= textWidth(text) && start >= 0, "mark outside");
    ok(width >= 1 && start + width <= room + 1, "mark too long");
  }));
});
