/** The command line around the commands, in the compiled binary. */
import assert from "node:assert/strict";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

Deno.test("devmcp --version names the version and the platform", async () => {
  const { code, stdout } = await devmcp(["--version"]);
  assert.match(stdout, /^devmcp \d+\.\d+\.\d+ \(\S+\)\n$/);
  assert.equal(code, 0);
});

Deno.test("wrong usage is one line with a hint on stderr, and exit code 2", async () => {
  const table: [string[], string][] = [
    [["reveiw"], 'Cannot run "reveiw": no such command; did you mean "review"?'],
    [["review", "--formt", "json"], 'unknown option "--formt"; did you mean "--format"?'],
    [["review", "--format", "xml"], 'Cannot write the format "xml": there is none'],
    [["--colour"], 'no such option; did you mean "--color"?'],
    [["completions"], 'missing required argument "shell"'],
    [["format-code", "--line-length", "wide"], "--line-length"],
  ];
  for (const [args, message] of table) {
    const { code, stdout, stderr } = await devmcp(args);
    assert.ok(stderr.startsWith("devmcp: Cannot ") && stderr.includes(message), stderr);
    assert.ok(stderr.split("\n").length <= 3, stderr);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
  }
});

Deno.test("every tool is a command with structured output", async () => {
  const { stdout } = await devmcp(["tools", "--json"]);
  const tools: { name: string }[] = JSON.parse(stdout).tools;
  // Those that need a model are run in models_test.ts.
  const names = tools.map(({ name }) => name).filter((name) =>
    !/^(formalize|generate)_/.test(name)
  );
  assert.ok(names.length >= 3);
  const others: Record<string, string[]> = {
    list_languages: [],
    write_file: ["--path", "new.py", "--content", "-", "--dry-run"],
  };
  for (const name of names) {
    const args = [name.replaceAll("_", "-"), ...others[name] ?? ["--code", "-"], "--json"];
    const run = await devmcp(args, { stdin: "import os\nx=1\n" });
    assert.equal(run.code, 0, run.stderr);
    const schema = JSON.parse((await devmcp(["tools", name, "--json"])).stdout).output;
    const output = JSON.parse(run.stdout);
    for (const field of schema.required) assert.ok(field in output, `${name}: ${field}`);
  }
});

Deno.test("format-code gives the formatted code alone, ready for a file", async () => {
  const { stdout } = await devmcp(["format-code", "--code", "-"], { stdin: "x=1;y = [1,2]\n" });
  assert.equal(stdout, "x = 1\ny = [1, 2]\n");
});

Deno.test("explain shows a rule by code and by name, and the nearest of an unknown one", async () => {
  const byCode = await devmcp(["explain", "f401"]);
  assert.match(byCode.stdout, /F401/);
  assert.match(byCode.stdout, /unused-import/);
  assert.equal((await devmcp(["explain", "unused-import"])).stdout, byCode.stdout);
  const rule = JSON.parse((await devmcp(["explain", "F401", "--json"])).stdout);
  assert.deepEqual([rule.code, rule.name], ["F401", "unused-import"]);
  const unknown = await devmcp(["explain", "unused-imprt"]);
  assert.match(unknown.stderr, /did you mean "unused-import"/);
  assert.equal(unknown.code, 2);
});

Deno.test("doctor finds nothing wrong here, and a broken configuration elsewhere", async () => {
  await inFolder({}, async (cwd) => {
    const { code, stdout } = await devmcp(["doctor", "--json"], { cwd });
    const { healthy, checks } = JSON.parse(stdout);
    assert.deepEqual([code, healthy], [0, true], stdout);
    assert.ok(checks.some(({ detail }: { detail: string }) => /Ruff \d/.test(detail)));
  });
  await inFolder({ "ruff.toml": "line-length = = 3\n" }, async (cwd) => {
    const { code, stdout } = await devmcp(["doctor"], { cwd });
    assert.match(stdout, /problem +configuration .*ruff\.toml/);
    assert.equal(code, 1);
  });
});

Deno.test("completions load into bash", async () => {
  const { stdout } = await devmcp(["completions", "bash"]);
  const script = `${stdout}
COMP_WORDS=(devmcp review --fail-on m); COMP_CWORD=3; _devmcp; echo "\${COMPREPLY[*]}"
COMP_WORDS=(devmcp review-code --style-g); COMP_CWORD=2; _devmcp; echo "\${COMPREPLY[*]}"`;
  const args = ["--norc", "--noprofile", "-c", script];
  const { stdout: offered } = await new Deno.Command("bash", { args }).output();
  assert.equal(new TextDecoder().decode(offered), "major minor\n--style-guide\n");
});

Deno.test("a reader that goes away ends the program in silence", async () => {
  const args = ["-c", `"$0" completions bash | head -c 1; echo "\${PIPESTATUS[0]}"`, BINARY];
  const { stdout, stderr } = await new Deno.Command("bash", { args }).output();
  assert.equal(new TextDecoder().decode(stdout), "#0\n");
  assert.equal(new TextDecoder().decode(stderr), "");
});

Deno.test("colours follow --color, and only where they are", async () => {
  const plain = await devmcp(["--help"]);
  const colored = await devmcp(["--color", "always", "--help"]);
  assert.ok(!plain.stdout.includes("\x1b") && colored.stdout.includes("\x1b[1m"));
  assert.ok(
    (await devmcp(["help", "review"], { env: { NO_COLOR: "", FORCE_COLOR: "1" } })).stdout.includes(
      "\x1b",
    ),
  );
});

Deno.test("a hostile name on the command line is shown, not obeyed", async () => {
  const { stderr } = await devmcp(["review", "\x1b[2J\u202e.py"]);
  assert.ok(stderr.includes("[2J"), stderr);
  assert.ok(!stderr.includes("\x1b") && !stderr.includes("\u202e"), JSON.stringify(stderr));
});
