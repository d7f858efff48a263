import assert from "node:assert/strict";
import { biome } from "./biome_fixture.ts";
import type { EngineConfig } from "../engine.ts";
import { applyEdits } from "../fixes/fixes.ts";
import { languageOf } from "../languages.ts";
import type { Issue } from "../issue.ts";

function source(path: string, text: string) {
  return { path, text, language: languageOf(path, text)! };
}

function config(text: string | object, path = "/p/biome.json"): EngineConfig {
  const root = path.slice(0, path.lastIndexOf("/"));
  const json = typeof text === "string" ? text : JSON.stringify(text);
  return { path, text: json, root, cwd: "/p" };
}

async function lint(path: string, text: string, settings?: string | object): Promise<Issue[]> {
  return await biome.lint(source(path, text), settings ? { config: config(settings) } : {});
}

async function format(path: string, text: string, settings?: string | object): Promise<string> {
  return await biome.format(source(path, text), settings ? { config: config(settings) } : {});
}

function short({ rule, line, column, end, severity, category }: Issue) {
  return `${line}:${column}-${end.line}:${end.column} ${rule} ${severity} ${category}`;
}

Deno.test("lint() finds what Biome finds by default", async () => {
  const cases: [path: string, text: string, expected: string[]][] = [
    ["a.ts", "export const a = 1;\n", []],
    ["a.ts", "if (x == 1) {\n  debugger;\n}\n", [
      "1:7-1:9 lint/suspicious/noDoubleEquals major correctness",
      "2:3-2:12 lint/suspicious/noDebugger major correctness",
    ]],
    ["a.js", "eval('1');\n", ["1:1-1:5 lint/security/noGlobalEval major security"]],
    ["a.tsx", 'export const a = <img src="x" />;\n', [
      "1:18-1:33 lint/a11y/useAltText major correctness",
    ]],
    ["a.css", "a { color: red; color: blue }\n", [
      "1:17-1:22 lint/suspicious/noDuplicateProperties major correctness",
    ]],
    ["a.json", '{"a": 1, "a": 2}\n', [
      "1:2-1:5 lint/suspicious/noDuplicateObjectKeys major correctness",
    ]],
    ["run", "#!/usr/bin/env node\ndebugger;\n", [
      "2:1-2:10 lint/suspicious/noDebugger major correctness",
    ]],
    ["a.geojson", '{"a": }', ["1:7-1:8 syntax-error critical correctness"]],
  ];
  for (const [path, text, expected] of cases) {
    assert.deepEqual((await lint(path, text)).map(short), expected, path);
  }
});

Deno.test("lint() tells of a file that does not parse only that", async () => {
  const issues = await lint("a.ts", "let x = ;\nfunction(){");
  assert.deepEqual(issues.map(short), [
    "1:9-1:10 syntax-error critical correctness",
    "2:9-2:10 syntax-error critical correctness",
    "2:12-2:12 syntax-error critical correctness",
  ]);
  assert.match(issues[0]!.message, /^Expected an expression/);
});

Deno.test("lint() counts columns in UTF-16 units, whatever the lines end with", async () => {
  const expected = ["1:10-1:19 lint/suspicious/noDebugger major correctness"];
  const found = async (text: string) => (await lint("a.js", text)).map(short);
  assert.deepEqual(await found('"😀é€";  debugger;\n'), expected);
  assert.deepEqual(await found('\ufeff"😀é€";  debugger;\r\n'), expected);
  const second = ["3:1-3:10 lint/suspicious/noDebugger major correctness"];
  assert.deepEqual(await found('"😀";\r\n"é";\r\ndebugger;\r\n'), second);
});

Deno.test("lint() gives fixes as edits, and says which are safe", async () => {
  const cases: [path: string, text: string, fixed: string, safe: boolean, message: string][] = [
    [
      "a.ts",
      "let a = '😀', b = 1;\nb++;\nexport { a, b };\nif (a == b) f();",
      "let a = '😀', b = 1;\nb++;\nexport { a, b };\nif (a === b) f();",
      false,
      "Use === instead",
    ],
    [
      "a.ts",
      "let é = 1;\r\nexport { é };\r\n",
      "const é = 1;\r\nexport { é };\r\n",
      true,
      "Use const instead",
    ],
    [
      "a.ts",
      "import fs from 'fs';\nfs.f();\n",
      "import fs from 'node:fs';\nfs.f();\n",
      false,
      "Add the node: protocol",
    ],
  ];
  for (const [path, text, fixed, safe, message] of cases) {
    const { fix } = (await lint(path, text)).find(({ fix }) => fix)!;
    assert.deepEqual([applyEdits(text, fix!.edits), fix!.safe, fix!.message], [
      fixed,
      safe,
      message,
    ]);
  }
});

Deno.test("lint() heeds biome-ignore, and tells of one that silences nothing", async () => {
  const text = "// biome-ignore lint/suspicious/noDebugger: shown\ndebugger;\n" +
    "// biome-ignore lint/suspicious/noDebugger: old\nf();\n";
  assert.deepEqual((await lint("a.js", text)).map(short), [
    "3:1-3:48 suppressions/unused minor maintainability",
  ]);
});

Deno.test("lint() honours biome.json", async () => {
  const text = "import b from 'b';\nimport a from 'a';\na(b);\ndebugger;\n";
  const rules = async (settings: object, path = "a.js") =>
    (await lint(path, text, settings)).map(({ rule, severity }) => `${rule} ${severity}`);
  const debug = "lint/suspicious/noDebugger";
  assert.deepEqual(await rules({}), [`${debug} major`]);
  const off = { linter: { rules: { suspicious: { noDebugger: "off" } } } };
  assert.deepEqual(await rules(off), []);
  const info = { linter: { rules: { suspicious: { noDebugger: "info" } } } };
  assert.deepEqual(await rules(info), [`${debug} info`]);
  const override = { overrides: [{ includes: ["test/**"], ...off }] };
  assert.deepEqual(await rules(override, "test/a.js"), []);
  assert.deepEqual(await rules(override, "src/a.js"), [`${debug} major`]);
  assert.deepEqual(await rules({ files: { includes: ["src/**"] } }, "lib/a.js"), []);
  assert.deepEqual(await rules({ linter: { enabled: false } }), []);
  const sorted = { assist: { actions: { source: { organizeImports: "on" } } } };
  assert.deepEqual(await rules(sorted), ["assist/source/organizeImports info", `${debug} major`]);
  assert.deepEqual(await rules({ files: { maxSize: 10 } }), ["file-too-large info"]);
});

Deno.test("lint() and format() take files below node_modules, and projects there", async () => {
  const text = "if (a  == 2) {\n}\n", laidOut = "if (a == 2) {\n}\n";
  const inside = { config: config("{}", "/z/node_modules/p/biome.json") };
  const cases: [path: string, settings: { config?: EngineConfig }][] = [
    ["node_modules/a/x.js", {}],
    ["/p/node_modules/a/x.js", { config: config("{}") }],
    ["/z/node_modules/p/x.js", inside],
  ];
  for (const [path, settings] of cases) {
    const issues = await biome.lint(source(path, text), settings);
    assert.deepEqual(issues.map(({ rule }) => rule), ["lint/suspicious/noDoubleEquals"], path);
    assert.equal(await biome.format(source(path, text), settings), laidOut, path);
  }
  const left = { config: config({ files: { includes: ["**", "!**/node_modules/**"] } }) };
  assert.deepEqual(await biome.lint(source("/p/node_modules/a/x.js", text), left), []);
});

Deno.test("lint() of a configuration says that plugins are not run", async () => {
  const text = '{\n\t"plugins": ["./a.grit"]\n}\n';
  assert.deepEqual((await lint("biome.json", text)).map(short), [
    "2:2-2:11 biome-plugins info maintainability",
  ]);
  const settings = { plugins: ["./a.grit"] };
  assert.deepEqual((await lint("a.js", "debugger;\n", settings)).map(short), [
    "1:1-1:10 lint/suspicious/noDebugger major correctness",
  ]);
});

Deno.test("lint() and format() say in one line what is wrong with biome.json", async () => {
  const cases: [text: string, message: string, hint: string][] = [
    ['{\n"formater": {}}', "line 2: Found an unknown key `formater`", "did you mean formatter?"],
    [
      '{"formatter": {"indentStyle": "x"}}',
      "line 1: Found an unknown value `x`",
      "correct the configuration of Biome",
    ],
    [
      '{"linter": ',
      "line 1: Expected an array, an object, or a literal but instead found the end of the file",
      "correct the configuration of Biome",
    ],
    [
      "[]",
      "line 1: Incorrect type, expected an object, but received an array",
      "correct the configuration of Biome",
    ],
  ];
  for (const [text, message, hint] of cases) {
    const expected = { message: `Cannot use "/p/biome.json": ${message}`, hint };
    await assert.rejects(() => lint("a.js", "f();", text), expected);
    await assert.rejects(() => format("a.js", "f();", text), expected);
  }
});

Deno.test("format() lays out as Biome does", async () => {
  const cases: [path: string, text: string, expected: string][] = [
    ["a.ts", "let a:number=1", "let a: number = 1;\n"],
    ["a.tsx", "f(<a  />)", "f(<a />);\n"],
    ["a.js", "\ufefff ( )", "\ufefff();\n"],
    ["a.js", "f()\r\n\r\ng()\r\n", "f();\n\ng();\n"],
    ["a.json", '{"a":[1,2]}', '{ "a": [1, 2] }\n'],
    ["a.css", "a{b:c}", "a {\n\tb: c;\n}\n"],
    ["tsconfig.json", '{ // why\n"a":1, }', '{\n\t// why\n\t"a": 1\n}\n'],
    ["package-lock.json", '{"a":1}', '{"a":1}'],
    ["run", "#!/usr/bin/env node\nf( )", "#!/usr/bin/env node\nf();\n"],
  ];
  for (const [path, text, expected] of cases) {
    assert.equal(await format(path, text), expected, path);
    assert.equal(await format(path, expected), expected, path);
  }
});

Deno.test("format() honours biome.json", async () => {
  const spaces = { formatter: { indentStyle: "space", lineEnding: "crlf" } };
  assert.equal(await format("a.css", "a{b:c}", spaces), "a {\r\n  b: c;\r\n}\r\n");
  const single = { javascript: { formatter: { quoteStyle: "single" } } };
  assert.equal(await format("a.js", 'f("a")', single), "f('a');\n");
  assert.equal(await format("a.js", "f( )", { formatter: { enabled: false } }), "f( )");
  assert.equal(await format("a.js", "f( )", { files: { includes: ["!a.js"] } }), "f( )");
});

Deno.test("format() refuses what does not parse, and says where", async () => {
  const expected = (text: string) => ({
    name: "ToolError",
    message: `Cannot format the code: ${text}`,
  });
  await assert.rejects(
    () => format("a.json", '{\n"a": }'),
    expected(
      "syntax error in line 2, column 6: Expected an array, an object, or a literal but instead " +
        "found '}'.",
    ),
  );
  await assert.rejects(() => format("a.ts", "\n  x = ;"), /line 2, column 7/);
  await assert.rejects(() => format("a.js", "'\ud800'"), /half of a surrogate pair/);
  const large = { files: { maxSize: 3 } };
  await assert.rejects(() => format("a.js", "f();", large), /larger than 3 bytes/);
});

Deno.test("lint() and format() survive code nested too deeply", async () => {
  const deep = `x = ${"(".repeat(100_000)}1${")".repeat(100_000)}`;
  assert.deepEqual((await lint("a.js", deep)).map(({ rule, message }) => [rule, message]), [
    ["analysis-failed", "This file is nested too deeply to analyse"],
  ]);
  await assert.rejects(() => format("a.js", deep), /nested too deeply/);
  assert.equal(await format("a.js", "f( )"), "f();\n");
});
