import { deepEqual, equal, match } from "node:assert/strict";
import { DEFAULTS } from "../config/schema.ts";
import { runWithModel } from "./generated_fixture.ts";

const CART = "def total(items):\n    return sum(items)\n";
const files = { "cart.py": CART, "cart.ts": "export function total() {}\n" };

const tests = (module: string) =>
  `from ${module} import total\n\n\ndef test_total():\n    assert total([1]) == 1\n`;
const fenced = (code: string, language = "python") => `\`\`\`${language}\n${code}\`\`\`\n`;

Deno.test("devmcp generate-tests writes tests of a file", async () => {
  const { app, files: after } = await runWithModel(
    ["generate-tests", "cart.py", "-o", "test_cart.py"],
    [fenced(tests("cart"))],
    { files },
  );
  equal(after["test_cart.py"], tests("cart"));
  equal(app.stderr.text, "wrote test_cart.py\n1 test, estimated coverage 100 %\n");
  deepEqual([app.stdout.text, app.exitCode], ["", 0]);
});

Deno.test("devmcp generate-tests reads code from standard input", async () => {
  const argv = ["generate-tests", "-", "--json", "--coverage-target", "50"];
  const { app } = await runWithModel(argv, [fenced(tests("module_under_test"))], { stdin: CART });
  const { test_code, test_count, imports } = JSON.parse(app.stdout.text);
  deepEqual([test_code, test_count, imports], [
    tests("module_under_test"),
    1,
    "module_under_test",
  ]);
});

Deno.test("devmcp generate-tests chooses a framework that fits the file", async () => {
  const script = 'import { it } from "vitest";\nimport { total } from "./cart";\nit("x", total);\n';
  const { app } = await runWithModel(
    ["generate-tests", "cart.ts"],
    [fenced(script, "typescript")],
    {
      files,
    },
  );
  equal(app.stdout.text, script);
  match(app.stderr.text, /not checked: devmcp has no engine for typescript/);
});

Deno.test("devmcp generate-tests names its flags in errors", async () => {
  const cases: [string[], RegExp][] = [
    [["cart.ts", "--framework", "pytest"], /hint: set --framework to vitest or jest/],
    [["cart.py", "--framework", "mocha"], /Allowed choices are pytest, unittest, vitest, jest/],
    [["cart.rs"], /Cannot test "cart\.rs" with pytest: another language/],
    [["none.py"], /Cannot read "none\.py": no such file/],
    [["cart.py", "--coverage-target", "101"], /Expected a whole number, 0 to 100/],
  ];
  for (const [argv, message] of cases) {
    const { app, calls } = await runWithModel(["generate-tests", ...argv], ["x"], { files });
    match(app.stderr.text, message);
    deepEqual([app.exitCode, calls], [2, 0]);
  }
});

Deno.test("devmcp generate-tests is the command written by hand", async () => {
  const { app } = await runWithModel(["generate-tests", "--help"], []);
  match(app.stdout.text, /generate-tests \[options\] \[file\]/);
});

Deno.test("devmcp generate-tests never writes over the file it tests", async () => {
  const over = [["cart.py"], ["./cart.py"], ["cart.py", "--json"]];
  for (const [output, ...more] of over) {
    const argv = ["generate-tests", "cart.py", "-o", output!, "--force", ...more];
    const { app, files: after, calls } = await runWithModel(argv, [fenced(tests("cart"))], {
      files,
    });
    match(app.stderr.text, /Cannot write ".*cart\.py": it is the file to test\n {2}hint: /);
    deepEqual([after, calls, app.exitCode], [files, 0, 2]);
  }
});

const GO = "package cart\n\nfunc Total(items []int) int { return len(items) }\n";
const GO_TESTS =
  'package cart\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n\tTotal(nil)\n}\n';

Deno.test("devmcp generate-tests wants a framework of the code's language", async () => {
  const cases: [string, string, RegExp][] = [
    [CART, "jest", /with jest: it is Python\n {2}hint: set --framework to pytest or unittest/],
    [CART, "go test", /with go test: it is Python/],
    [GO, "vitest", /with vitest: it is Go\n {2}hint: set --framework to go test/],
    [GO, "pytest", /with pytest: it is Go/],
    ["function f() {}", "pytest", /does not parse[^]*hint: .*pytest is for Python/],
  ];
  for (const [stdin, framework, message] of cases) {
    const argv = ["generate-tests", "-", "--framework", framework];
    const { app, calls } = await runWithModel(argv, ["x"], { stdin });
    match(app.stderr.text, message);
    deepEqual([app.exitCode, calls], [2, 0]);
  }
});

Deno.test("devmcp generate-tests leaves out a configured framework of another language", async () => {
  const code_generation = { ...DEFAULTS.code_generation, test_framework: "jest" };
  const values = { ...DEFAULTS, code_generation };
  const origin = { kind: "user", file: "devmcp.yaml", line: 1 } as const;
  const origins = new Map([["code_generation.test_framework", origin]]);
  const config = () => Promise.resolve({ values, origins, warnings: [] });
  const reply = fenced(tests("module_under_test"));
  const runs: [string, string, string][] = [[CART, reply, "pytest"], [
    GO,
    fenced(GO_TESTS, "go"),
    "go test",
  ]];
  for (const [stdin, reply, framework] of runs) {
    const argv = ["generate-tests", "-", "--json"];
    const { app } = await runWithModel(argv, [reply], {
      files: { "devmcp.yaml": "" },
      stdin,
      values: { config },
    });
    equal(
      app.stderr.text,
      `note: these tests are for ${framework}: jest is for another language\n`,
    );
    equal(JSON.parse(app.stdout.text).test_count, 1);
  }
});

Deno.test("devmcp generate-tests takes the tool's own names", async () => {
  const cases: [string[], string][] = [
    [["--code", "-", "--json"], "module_under_test"],
    [["--code", CART, "--json"], "module_under_test"],
    [["--path", "cart.py", "--test-framework", "pytest", "--json"], "cart"],
  ];
  for (const [argv, module] of cases) {
    const { app } = await runWithModel(["generate-tests", ...argv], [fenced(tests(module))], {
      files,
      stdin: CART,
    });
    equal(JSON.parse(app.stdout.text).imports, module, app.stderr.text);
  }
  for (const argv of [[], ["cart.py", "--code", "x"], ["--code", "x", "--path", "cart.py"]]) {
    const { app } = await runWithModel(["generate-tests", ...argv], ["x"], { files });
    match(app.stderr.text, /Cannot choose the code to test: (none|2) given\n {2}hint: give one/);
  }
});
