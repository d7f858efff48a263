import { deepEqual, equal, match } from "node:assert/strict";
import { RecordedOutput } from "../cli/fake_app.ts";
import { DEFAULTS } from "../config/schema.ts";
import { runWithModel } from "./generated_fixture.ts";

const REPLY = "```python\nimport yaml\ndef read(text): return yaml.safe_load(text)\n```\nIt reads.";
const CODE = "import yaml\n\n\ndef read(text):\n    return yaml.safe_load(text)\n";

Deno.test("devmcp generate prints the code alone, and the rest on standard error", async () => {
  const { app } = await runWithModel(["generate", "read", "yaml"], [REPLY]);
  equal(app.stdout.text, CODE);
  equal(app.stderr.text, "It reads.\ndependencies: PyYAML\n");
  equal(app.exitCode, 0);
});

Deno.test("devmcp generate reads its description from standard input", async () => {
  const { app } = await runWithModel(["generate", "-", "--json"], [REPLY], { stdin: "read yaml" });
  const { version, code, dependencies, problems } = JSON.parse(app.stdout.text);
  deepEqual([version, code, dependencies, problems], [1, CODE, ["PyYAML"], []]);
  equal(app.stderr.text, "");
});

Deno.test("devmcp generate -o writes a new file, and over another one only with --force", async () => {
  const made = await runWithModel(["generate", "read", "-o", "new.py"], [REPLY]);
  deepEqual([made.files, made.app.stdout.text], [{ "new.py": CODE }, ""]);
  match(made.app.stderr.text, /^wrote new\.py\n/);

  const files = { "old.py": "old\n" };
  const refused = await runWithModel(["generate", "read", "-o", "old.py"], [REPLY], { files });
  deepEqual([refused.files, refused.app.exitCode, refused.calls], [files, 2, 0]);
  match(
    refused.app.stderr.text,
    /Cannot write ".*old\.py": it is there already\n {2}hint: .*--force/,
  );

  const forced = await runWithModel(["generate", "read", "-o", "old.py", "--force"], [REPLY], {
    files,
  });
  deepEqual(forced.files, { "old.py": CODE });
});

Deno.test("devmcp generate refuses a file that it cannot write before a model is asked", async () => {
  const cases: [string, RegExp][] = [
    ["folder", /Cannot write ".*folder": it is a folder\n {2}hint: give the name of a file/],
    [".", /it is a folder/],
    ["new/", /Cannot write "new\/": it names a folder/],
    ["none/new.py", /no such folder/],
    ["", /Cannot write "": a file has a name\n {2}hint: .*standard output/],
    ["/dev/null", /Cannot write "\/dev\/null": it is not a regular file/],
    ["/proc/nope", /Cannot write "\/proc\/nope": .*\n {2}hint: /],
  ];
  const files = { "folder/a.py": "" };
  for (const [output, message] of cases) {
    const argv = ["generate", "read", "-o", output, "--force"];
    const { app, calls } = await runWithModel(argv, [REPLY], { files });
    match(app.stderr.text, message);
    deepEqual([app.stdout.text, calls, app.exitCode], ["", 0, 2], output);
  }
});

Deno.test("devmcp generate -o - writes to standard output", async () => {
  const { app, files } = await runWithModel(["generate", "read", "-o", "-"], [REPLY]);
  deepEqual([app.stdout.text, files], [CODE, {}]);
});

Deno.test("devmcp generate and generate-code write in the configured language", async () => {
  const code_generation = { ...DEFAULTS.code_generation, language: "go" };
  const values = { ...DEFAULTS, code_generation };
  const config = () => Promise.resolve({ values, origins: new Map(), warnings: [] });
  const options = { files: { "devmcp.yaml": "" }, values: { config } };
  for (const argv of [["generate", "x"], ["generate-code", "--description", "x"]]) {
    const languageOf = async (more: string[]) => {
      const { app } = await runWithModel([...argv, ...more, "--json"], ["```go\nx\n```"], options);
      return JSON.parse(app.stdout.text).language;
    };
    equal(await languageOf([]), "go");
    equal(await languageOf(["--language", "rust"]), "rust");
  }
});

Deno.test("devmcp generate says what it could not check, and what is wrong", async () => {
  const go = await runWithModel(["generate", "--language", "go", "x"], ["```go\npackage a\n```"]);
  equal(go.app.stderr.text, "not checked: devmcp has no engine for go\n");
  const bad = "```python\nprint(missing)\n```";
  const { app } = await runWithModel(["generate", "x"], [bad, bad]);
  equal(app.stderr.text, "problem: line 1: Undefined name `missing` (F821)\n");
});

Deno.test("devmcp generate leaves nothing behind when it fails", async () => {
  const cases: [string[], string[], RegExp][] = [
    [["generate", "x", "-o", "a.py"], [], /Cannot find a model for "code"[^]*doctor --fix/],
    [["generate", "x", "-o", "a.py"], ["no", "no"], /Cannot use the reply/],
    [["generate", " ", "-o", "a.py"], [REPLY], /the description is empty/],
    [["generate", "x", "-o", "none/a.py"], [REPLY], /no such folder/],
    [["generate", "x", "--language", ";"], [REPLY], /--language: expected the name of a language/],
    [["generate", "x", "--style", "y".repeat(101)], [REPLY], /--style: .*at most 100 characters/],
    [["generate"], [REPLY], /missing|description/],
  ];
  for (const [argv, replies, message] of cases) {
    const { app, files } = await runWithModel(argv, replies);
    match(app.stderr.text, message);
    deepEqual([files, app.stdout.text, app.exitCode], [{}, "", 2]);
  }
});

Deno.test("devmcp generate keeps a model's escape sequences from the terminal", async () => {
  const stdout = new RecordedOutput({ isTerminal: true });
  const stderr = new RecordedOutput({ isTerminal: true });
  const reply = "```go\nvar a = `\x1b[2J`\n```\n\x1b[31mred";
  await runWithModel(["generate", "x", "--language", "go"], [reply], {
    values: { stdout, stderr },
  });
  equal(stdout.text, "var a = `\\x1b[2J`\n");
  match(stderr.text, /scripted writes, first token after \d+\.\d s, 1 tokens … 0 s/);
  match(stderr.text, /\\x1b\[31mred\n/);
});
