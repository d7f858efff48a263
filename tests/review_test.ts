import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

const BAD =
  "import os\nimport subprocess\n\n\ndef f(x):\n    subprocess.run(x, shell=True)\n    return y\n";

interface Issue {
  rule: string;
  severity: string;
  line: number;
}

async function rulesIn(args: string[], cwd: string, stdin?: string): Promise<string[]> {
  const run = await devmcp(["review", "--json", ...args], { cwd, stdin });
  const { files } = JSON.parse(run.stdout);
  return files.flatMap((file: { issues: Issue[] }) => file.issues.map(({ rule }) => rule));
}

Deno.test("review shows place, excerpt, carets, rule, score and summary", async () => {
  await inFolder({ "bad.py": BAD }, async (cwd) => {
    const { code, stdout } = await devmcp(["review", "bad.py"], { cwd });
    assert.equal(code, 1);
    assert.match(stdout, /bad\.py:7:12/);
    assert.match(stdout, /F821/);
    assert.match(stdout, /return y\n.*\^/);
    assert.match(stdout, /\b\d+\/100/);
    assert.ok(!stdout.includes("\x1b"), "colour without a terminal");
  });
});

Deno.test("review exits by --fail-on and --min-score", async () => {
  const table: [string[], number][] = [
    [[], 1],
    [["--fail-on", "never"], 0],
    [["--fail-on", "critical", "--select", "F401"], 0],
    [["--fail-on", "info", "--select", "F401"], 1],
    [["--fail-on", "never", "--min-score", "100"], 1],
    [["--fail-on", "never", "--min-score", "0"], 0],
    [["--select", "E101"], 0],
  ];
  await inFolder({ "bad.py": BAD }, async (cwd) => {
    for (const [args, code] of table) {
      assert.equal(
        (await devmcp(["review", "bad.py", ...args], { cwd })).code,
        code,
        args.join(" "),
      );
    }
  });
});

Deno.test("review honours --select, --ignore, noqa and the project's Ruff settings", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    assert.ok((await rulesIn(["a.py"], cwd)).includes("F401"));
    assert.deepEqual(await rulesIn(["--ignore", "F401", "--select", "F", "a.py"], cwd), []);
    assert.deepEqual(await rulesIn(["--select", "E,F", "a.py"], cwd), ["F401"]);
  });
  await inFolder({ "a.py": "import os  # noqa: F401\n" }, async (cwd) => {
    assert.ok(!(await rulesIn(["a.py"], cwd)).includes("F401"));
  });
  const table: [string, string][] = [
    ["pyproject.toml", '[tool.ruff.lint]\nselect = ["E401"]\n'],
    ["ruff.toml", '[lint]\nselect = ["E401"]\n'],
    [".ruff.toml", '[lint]\nselect = ["E401"]\n'],
    ["ruff.toml", '[lint]\nselect = ["E401", "F"]\nper-file-ignores = { "a.py" = ["F"] }\n'],
  ];
  for (const [name, config] of table) {
    await inFolder({ [name]: config, "pkg/a.py": "import os, re\n" }, async (cwd) => {
      assert.deepEqual(await rulesIn(["."], cwd), ["E401"], `${name}: ${config}`);
    });
  }
  const excluding = { "ruff.toml": 'extend-exclude = ["gen"]\n', "gen/a.py": "import os\n" };
  await inFolder(excluding, async (cwd) => assert.deepEqual(await rulesIn(["."], cwd), []));
});

Deno.test("review reads standard input under the name it is given", async () => {
  const config = '[lint]\nselect = ["F"]\nper-file-ignores = { "named.py" = ["F401"] }\n';
  await inFolder({ "ruff.toml": config }, async (cwd) => {
    assert.deepEqual(await rulesIn(["-"], cwd, "import os\n"), ["F401"]);
    const named = await rulesIn(["-", "--stdin-filename", "named.py"], cwd, "import os\n");
    assert.deepEqual(named, []);
  });
});

Deno.test("review gives the same results with one worker and with two", async () => {
  const files: Record<string, string> = {};
  for (let n = 0; n < 40; n++) files[`pkg${n % 3}/f${n}.py`] = BAD.repeat(1 + n % 5);
  await inFolder(files, async (cwd) => {
    const one = await devmcp(["review", "--json", "--jobs", "1", "."], { cwd });
    const two = await devmcp(["review", "--json", "--jobs", "2", "."], { cwd });
    assert.equal(two.stdout, one.stdout);
    const { files: found, summary } = JSON.parse(one.stdout);
    assert.equal(found.length, 40);
    assert.equal(summary.files, 40);
    const paths = found.map(({ path }: { path: string }) => path);
    assert.deepEqual(paths, [...paths].sort());
  });
});

Deno.test("review skips what git ignores and what is vendored", async () => {
  const files = {
    ".gitignore": "ignored/\n",
    "a.py": "import os\n",
    "ignored/b.py": "import os\n",
    "node_modules/c.py": "import os\n",
    ".venv/lib/d.py": "import os\n",
    "third_party/e.py": "import os\n",
  };
  await inFolder(files, async (cwd) => {
    await Deno.mkdir(`${cwd}/.git`);
    const { stdout } = await devmcp(["review", "--json", "."], { cwd });
    const paths = JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
    assert.deepEqual(paths, ["a.py"]);
  });
});

Deno.test("review takes globs", async () => {
  await inFolder({ "a/x.py": "import os\n", "a/y_test.py": "import os\n" }, async (cwd) => {
    const { stdout } = await devmcp(["review", "--json", "**/*_test.py"], { cwd });
    const paths = JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
    assert.deepEqual(paths, ["a/y_test.py"]);
  });
});

Deno.test("review writes SARIF and GitHub's commands", async () => {
  await inFolder({ "a b.py": "import os\n\n\ndef f():\n    return y\n" }, async (cwd) => {
    const sarif = JSON.parse((await devmcp(["review", "--format", "sarif", "."], { cwd })).stdout);
    assert.equal(sarif.version, "2.1.0");
    const [run] = sarif.runs;
    assert.equal(run.tool.driver.name, "devmcp");
    const found = run.results.find((result: { ruleId: string }) => result.ruleId === "F821");
    const { artifactLocation, region } = found.locations[0].physicalLocation;
    assert.equal(artifactLocation.uri, "a%20b.py");
    assert.deepEqual([region.startLine, region.startColumn], [5, 12]);
    const github = await devmcp(["review", "--format", "github", "--select", "F821", "."], { cwd });
    assert.match(github.stdout, /^::error (.*,)?file=a b\.py,(.*,)?line=5,/m);
    assert.equal(github.code, 1);
  });
});

Deno.test("review never lets a file or its name write to the terminal", async () => {
  const evil = 'x = "\x1b[2J\x1b]0;owned\x07"\nimport os\n# \u202e rtl\n';
  await inFolder({ "e\x1b[31mvil.py": evil }, async (cwd) => {
    const { stdout, stderr } = await devmcp(["review", "--fail-on", "never", "."], { cwd });
    assert.ok(stdout.length > 0);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(stdout + stderr, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  });
});
