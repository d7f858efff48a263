import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { CONFIG_KEYS } from "./keys.ts";
import { nearestWords } from "./nearest.ts";
import { parseConfigFile } from "./parse_file.ts";
import { EARLIER_SERVER_KEYS } from "./schema.ts";
import { ToolError } from "./tool_error.ts";

function read(text: string): [string, unknown, number][] {
  return parseConfigFile(text, "f.yaml").settings
    .map(({ key, value, line }) => [key.name, value, line]);
}

Deno.test("parseConfigFile() reads keys with their lines", () => {
  const table: [string, [string, unknown, number][]][] = [
    ["", []],
    ["# nothing\n", []],
    ["model:\n# nothing\n", []],
    ["model:\n  code:\n    model: m\n", [["model.code.model", "m", 3]]],
    ["\n\nmodel: {keep_alive: -1}", [["model.keep_alive", "-1", 3]]],
    ["model: {code: &r {model: m}, chat: *r}", [
      ["model.code.model", "m", 1],
      ["model.chat.model", "m", 1],
    ]],
    ["tools:\n  enabled:\n    - review_code\n", [["tools.enabled", ["review_code"], 2]]],
    ["logging: !odd {level: !odd debug}", [["logging.level", "debug", 1]]],
    ["\ufeffperformance: {jobs: 2}\r\n", [["performance.jobs", 2, 1]]],
  ];
  for (const [text, settings] of table) deepEqual(read(text), settings, text);
});

Deno.test("EARLIER_SERVER_KEYS are near to no key of today, so that a misspelt one is an error", () => {
  const keys = [...CONFIG_KEYS.keys()].map((name) => name.split("."))
    .flatMap(([section, key = ""]) => section === "server" ? [key] : []);
  ok(keys.includes("limits"));
  const near = [...EARLIER_SERVER_KEYS.keys()].flatMap((name) => nearestWords(name, keys));
  deepEqual(near, []);
});

Deno.test("parseConfigFile() says what is wrong, where, and what was expected", () => {
  const number = "must be a number above 0, at most 86400";
  const table: [string, number, string][] = [
    ["- a", 1, "the file must be a table of keys and values"],
    ["text", 1, "the file must be a table of keys and values"],
    ["\nmodel: 3", 2, "model must be a table of keys and values"],
    ["model:\n  timeout_seconds: soon", 2, `model.timeout_seconds ${number}, not "soon"`],
    ["model:\n  timeout_seconds:", 2, `model.timeout_seconds ${number}, not null`],
    ["model: {timeout_seconds: .inf}", 1, `model.timeout_seconds ${number}, not Infinity`],
    ["model: {timeout_seconds: [1]}", 1, `model.timeout_seconds ${number}, not a list`],
    ["modle: {}", 1, 'no such key "modle"; did you mean "model"?'],
    ["model:\n  code:\n    modl: x", 3, 'no such key "model.code.modl"; did you mean "model"?'],
    [
      "timeout_seconds: 1",
      1,
      'no such key "timeout_seconds"; did you mean "model.timeout_seconds"?',
    ],
    [
      "server: {read-only: true}",
      1,
      'no such key "server.read-only"; did you mean "read_only"?',
    ],
    ["server: {raed_only: true}", 1, 'no such key "server.raed_only"; did you mean "read_only"?'],
    [
      "server: {allowed_hosts: ['https://x.example/']}",
      1,
      'server.allowed_hosts must be a list, each a text such as "devmcp.example.com", ' +
      'not "https://x.example/"',
    ],
    [
      "server: {allowed_origins: ['*']}",
      1,
      'server.allowed_origins must be a list, each a text such as "https://app.example.com", ' +
      'not "*"',
    ],
    [
      "server: {auth: {jwks_url: nonsense}}",
      1,
      'server.auth.jwks_url must be a text such as "https://auth.example.com/jwks.json", ' +
      'not "nonsense"',
    ],
    [
      "server: {auth: {authorization_servers: [x]}}",
      1,
      "server.auth.authorization_servers must be a list, each a text such as " +
      '"https://auth.example.com", not "x"',
    ],
    ["__proto__: {a: 1}", 1, 'no such key "__proto__"'],
    ["constructor: 1", 1, 'no such key "constructor"'],
    ["logging: {toString: 1}", 1, 'no such key "logging.toString"'],
    ["logging: {}\nmodel: {}\nlogging: {}", 3, '"logging" is there twice, first in line 1'],
    ["logging:\n  level: info\n  level: info", 3, '"level" is there twice, first in line 2'],
    ["model:\n\ttimeout_seconds: 1", 2, "a tab cannot indent YAML, use spaces"],
    ["model: 'x", 1, "broken YAML: a quote or bracket is not closed"],
    ["model: [1,2", 1, "broken YAML: a bracket is not closed, or its content not indented"],
    ["a: {b: 1\nc: 2", 2, "broken YAML: a bracket is not closed, or its content not indented"],
    ["model:\n  code:\n    a: 1\n   b: 2", 4, "broken YAML: the indentation is wrong"],
    ["model: {}\n---\nmodel: {}", 2, "it holds more than one YAML document"],
    ["[".repeat(60_000), 1, "it is nested too deeply"],
    ['"a\\nb": 1', 1, 'no such key "a\\nb"'],
    ["model: *gone", 1, 'there is no anchor "gone" above'],
    ["? [a]\n: 1", 1, "a key must be a word"],
    ["%YAML 1.1\n---\nlogging: {<<: {level: info}}", 3, 'no such key "logging.Symbol(<<)"'],
    [
      "tools:\n  enabled:\n    - review_code\n    - Bad Name\n",
      4,
      'tools.enabled must be a list, each a text such as "review_code", not "Bad Name"',
    ],
    [
      "model: {code: {endpoints: 'http://u:secret@h'}}",
      1,
      'model.code.endpoints must be a list, each a text such as "http://localhost:11434", ' +
      'not "http://***@h"',
    ],
  ];
  for (const [text, line, state] of table) {
    throws(() => read(text), {
      name: "ToolError",
      message: `Cannot use "f.yaml:${line}": ${state}`,
      hint: 'run "devmcp config schema" for all keys and values',
    }, text.slice(0, 80));
  }
});

Deno.test("parseConfigFile() takes old sections whatever they hold", () => {
  const { settings, withoutEffect } = parseConfigFile(
    "resources: {port: 1}\n\nagent: {x: [1]}\nserver: {host: h}",
    "f",
  );
  deepEqual([settings, withoutEffect], [[], [
    { name: "resources", line: 1 },
    { name: "agent.x", line: 3 },
    { name: "server.host", line: 4, instead: "serve --http HOST:PORT" },
  ]]);
});

Deno.test("parseConfigFile() is quick with hostile files of the largest size", () => {
  const size = 64 * 1024;
  const hostile = [
    Array.from({ length: size / 8 }, (_, i) => `k${i}:`).join("\n"),
    `agent:\n${Array.from({ length: size / 8 }, (_, i) => ` k${i}:`).join("\n")}`,
    "]".repeat(size),
    "{a: ".repeat(size / 4),
    "- ".repeat(size / 2),
    "!a ".repeat(size / 3),
    `tools: {enabled: [&a a,${"*a,".repeat(size / 3)}]}`,
    `x: &a [1]\ny: &b [${"*a,".repeat(9)}]\nz: &c [${"*b,".repeat(9)}]`,
  ];
  for (const text of hostile) {
    const start = performance.now();
    try {
      read(text);
    } catch (error) {
      ok(error instanceof ToolError, String(error));
      ok(error.message.length < 400);
    }
    // Some hundred milliseconds; what grows with the square of the size took half a minute.
    ok(performance.now() - start < 5000, text.slice(0, 20));
  }
});

/** Texts that are nearly configuration: words of the schema in YAML's punctuation, JSON, and noise. */
const names = [...new Set([...CONFIG_KEYS.keys()].flatMap((key) => key.split(".")))];
const word = fc.constantFrom(...names, "server", "__proto__", "x", "<<");
const scalar = fc.oneof(
  fc.constantFrom(
    "1",
    "-1",
    "null",
    "~",
    "debug",
    "off",
    "[]",
    "{}",
    "*a",
    "&a",
    "|",
    "''",
    ".nan",
  ),
  fc.string({ maxLength: 8 }),
);
const line = fc.tuple(fc.nat({ max: 3 }), word, scalar)
  .map(([depth, key, value]) => `${"  ".repeat(depth)}${key}: ${value}`);
const yaml = fc.oneof(
  fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n")),
  fc.array(
    fc.oneof(word, fc.constantFrom("{", "}", "[", "]", ":", ": ", ", ", "\n", "\n  ", "- ", "? ")),
    {
      maxLength: 40,
    },
  ).map((tokens) => tokens.join("")),
  fc.dictionary(word, fc.oneof(fc.dictionary(word, fc.anything()), fc.anything()))
    .map((value) => JSON.stringify(value) ?? ""),
  fc.string({ unit: "binary" }),
);

Deno.test("parseConfigFile() throws nothing but ToolError, and gives valid values only", () => {
  fc.assert(
    fc.property(yaml, (text) => {
      try {
        for (const { key, value, line } of parseConfigFile(text, "f").settings) {
          deepEqual(key.schema.parse(value), value);
          ok(line >= 1);
        }
      } catch (error) {
        ok(error instanceof ToolError, String(error));
        equal(/[\n\r]/.test(error.message), false);
      }
      equal(Object.keys(Object.prototype).length, 0);
    }),
    { numRuns: 1000 },
  );
});
