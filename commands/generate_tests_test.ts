import { deepEqual, equal, match } from "node:assert/strict";
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
  match(app.stdout.text, /generate-tests \[options\] <file>/);
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
