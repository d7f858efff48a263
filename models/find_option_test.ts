import assert from "node:assert/strict";
import fc from "fast-check";
import { findOption } from "./find_option.ts";

const LEVELS = ["low", "medium", "high"];
const SEVERITIES = ["critical", "major", "minor", "info"];

function check(options: unknown[], cases: [unknown, unknown][]) {
  for (const [value, meant] of cases) {
    assert.equal(findOption(value, options), meant, JSON.stringify(value));
  }
}

Deno.test("findOption() finds the level that is meant, or none", () => {
  check(LEVELS, [
    ["low", "low"],
    [" High ", "high"],
    ["Low complexity", "low"],
    ["Medium, as two systems take part", "medium"],
    ["moderate", "medium"],
    ["medium-high", "medium"],
    ["Moderately-high", undefined],
    ["hard", "high"],
    ["very complex", "high"],
    ["Difficult", "high"],
    ["easy", "low"],
    ["quite simple", "low"],
    ["trivial", "low"],
    ["medum", "medium"],
    ["not high", undefined],
    ["isn't complex", undefined],
    ["less than high", undefined],
    ["low to high", undefined],
    ["low/medium", undefined],
    ["simple or hard", undefined],
    ["it will follow", undefined],
    ["3", undefined],
    ["", undefined],
    [null, undefined],
    [{}, undefined],
  ]);
});

Deno.test("findOption() maps the severities that models invent", () => {
  check(SEVERITIES, [
    ["blocker", "critical"],
    ["Fatal", "critical"],
    ["high", "major"],
    ["error", "major"],
    ["medium", "minor"],
    ["WARNING", "minor"],
    ["moderate", "minor"],
    ["low", "info"],
    ["Major", "major"],
    ["non-critical", undefined],
    ["severe warning", undefined],
    ["P1", undefined],
  ]);
});

Deno.test("findOption() does not take an opposite for a slip", () => {
  check(["safe", "correct", "very_high", 2], [
    ["unsafe", undefined],
    ["incorrect", undefined],
    ["corect", "correct"],
    ["Very high", "very_high"],
    ["2", 2],
  ]);
});

Deno.test("findOption() takes a name of several parts for a slip only when each part is alike", () => {
  check(["write_file", "generate_tests"], [
    ["write_code", undefined],
    ["write_fiel", "write_file"],
    ["generate-test", "generate_tests"],
    ["generatetests", "generate_tests"],
    ["generate_texts", "generate_tests"],
    ["generate_notes", undefined],
  ]);
});

Deno.test("findOption() gives an option or nothing for any text", () => {
  const text = fc.oneof(fc.string(), fc.string({ minLength: 500, maxLength: 1000 }));
  fc.assert(fc.property(text, (text) => {
    const found = findOption(text, LEVELS);
    assert.ok(found === undefined || LEVELS.includes(found));
  }));
});
