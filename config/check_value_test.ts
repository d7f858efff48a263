import { deepEqual, throws } from "node:assert/strict";
import { checkValue, parseValue } from "./check_value.ts";
import { findKey } from "./keys.ts";

Deno.test("parseValue() reads text as the key's type", () => {
  const table: [string, string, unknown][] = [
    ["model.timeout_seconds", "2.5", 2.5],
    ["model.timeout_seconds", " 1e2 ", 100],
    ["model.code.model", "7", "7"],
    ["model.code.model", "", ""],
    ["model.keep_alive", "-1", "-1"],
    ["model.code.temperature", "null", null],
    ["model.code.temperature", "0.2", 0.2],
    ["model.code.endpoints", "http://a, b:1,", ["http://a", "b:1"]],
    ["model.code.endpoints", "", []],
    ["tools.enabled", "review_code", ["review_code"]],
    ["logging.level", "debug", "debug"],
  ];
  for (const [name, text, value] of table) {
    deepEqual(parseValue(findKey(name), text, "x"), value, `${name} ${text}`);
  }
});

Deno.test("parseValue() says what was expected", () => {
  const table: [string, string, string][] = [
    ["model.timeout_seconds", "0", 'a number above 0, at most 86400, not "0"'],
    ["model.timeout_seconds", "0x10", 'a number above 0, at most 86400, not "0x10"'],
    ["model.timeout_seconds", "Infinity", 'a number above 0, at most 86400, not "Infinity"'],
    ["performance.jobs", "1.5", 'a whole number, 0 to 256, not "1.5"'],
    ["model.code.temperature", "hot", 'a number, 0 to 2, or null, not "hot"'],
    ["logging.level", "warn", 'one of debug, info, warning, error, not "warn"'],
    ["model.code.api_key_env", "a b", 'a text such as "OPENAI_API_KEY", not "a b"'],
    [
      "model.chat.endpoints",
      "ftp://u:secret@h",
      'a list, each a text such as "http://localhost:11434", not "ftp://***@h"',
    ],
    [
      "model.code.model",
      "x".repeat(257),
      `a text such as "qwen2.5-coder:7b", not "${"x".repeat(59)}…`,
    ],
    ["code_generation.language", "", 'a text such as "typescript", not ""'],
    ["code_generation.language", "$(x)", 'a text such as "typescript", not "$(x)"'],
    [
      "code_generation.style",
      "x".repeat(257),
      `a text of at most 100 characters, not "${"x".repeat(59)}…`,
    ],
  ];
  for (const [name, text, expected] of table) {
    throws(() => parseValue(findKey(name), text, "use X"), {
      name: "ToolError",
      message: `Cannot use X: it must be ${expected}`,
    });
  }
});

Deno.test("checkValue() takes numbers as texts, and finds the wrong item of a list", () => {
  deepEqual(checkValue(findKey("model.keep_alive"), -1), { value: "-1" });
  deepEqual(checkValue(findKey("performance.jobs"), NaN), { wrong: "not NaN" });
  deepEqual(checkValue(findKey("performance.jobs"), [1]), { wrong: "not a list" });
  deepEqual(checkValue(findKey("model.code.model"), { a: 1 }), { wrong: "not a table" });
  deepEqual(checkValue(findKey("tools.enabled"), ["a", 1, 2]), { wrong: "not 1", index: 1 });
});
