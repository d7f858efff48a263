import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

Deno.test("format writes in place, keeps the mode and says what it changed", async () => {
  await inFolder({ "a.py": "x=1\n", "b.py": "y = 2\n" }, async (cwd) => {
    const path = join(cwd, "a.py");
    await Deno.chmod(path, 0o755);
    const run = await devmcp(["format", "."], { cwd });
    assert.equal(run.code, 0);
    assert.match(run.stdout, /a\.py/);
    assert.doesNotMatch(run.stdout, /b\.py/);
    assert.equal(await Deno.readTextFile(path), "x = 1\n");
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o755);
    const again = await devmcp(["format", "."], { cwd });
    assert.deepEqual([again.code, again.stdout], [0, ""]);
  });
});

Deno.test("format --check and --diff write nothing and exit with 1", async () => {
  await inFolder({ "a.py": "x=1\n" }, async (cwd) => {
    for (const flag of ["--check", "--diff"]) {
      const run = await devmcp(["format", flag, "a.py"], { cwd });
      assert.equal(run.code, 1);
      assert.equal(await Deno.readTextFile(join(cwd, "a.py")), "x=1\n");
      if (flag === "--diff") assert.match(run.stdout, /^-x=1\n\+x = 1$/m);
    }
  });
});

Deno.test("format --diff gives a patch that git applies", async () => {
  const files = {
    "a.py": "x=1\ny = [1,\n2]",
    "marked.py": "\uFEFFx=1\ny=2\n",
    "marked_only.py": "\uFEFFx = 1\n\n\n\n\n\ny=2\n",
    "sub/b.py": "def f( a ):\n  return a\n\n\n\n\nz=1\n",
  };
  await inFolder(files, async (cwd) => {
    const { stdout } = await devmcp(["format", "--diff", "."], { cwd });
    await Deno.writeTextFile(join(cwd, "p.diff"), stdout);
    const git = await new Deno.Command("git", {
      args: ["apply", "p.diff"],
      cwd,
    }).output();
    assert.ok(git.success, new TextDecoder().decode(git.stderr));
    assert.equal((await devmcp(["format", "--check", "."], { cwd })).code, 0);
  });
});

Deno.test("format --json lists what could not be done", async () => {
  await inFolder({ "a.py": "x=1\n", "b.py": "def f(:\n" }, async (cwd) => {
    const run = await devmcp(["format", "--json", "."], { cwd });
    const { files, changed, problems } = JSON.parse(run.stdout);
    assert.deepEqual([run.code, files, changed.length], [2, 1, 1]);
    assert.deepEqual(problems.map(({ path }: { path: string }) => path), ["b.py"]);
    assert.match(problems[0].message, /syntax/);
  });
});

Deno.test("format filters standard input", async () => {
  const table: [string, string][] = [
    ["x=1\n", "x = 1\n"],
    ["x=1\r\n", "x = 1\r\n"],
    ["x = 1\n", "x = 1\n"],
    ["", ""],
  ];
  for (const [before, after] of table) {
    const run = await devmcp(["format", "-"], { stdin: before });
    assert.deepEqual([run.code, run.stdout], [0, after]);
  }
  const broken = await devmcp(["format", "-"], { stdin: "def f(:\n" });
  assert.deepEqual([broken.code, broken.stdout], [2, ""]);
});

Deno.test("format honours the project's line length", async () => {
  const line = `x = [${Array(30).fill("1").join(", ")}]\n`;
  await inFolder({ "ruff.toml": "line-length = 200\n", "a.py": line }, async (cwd) => {
    assert.equal((await devmcp(["format", "--check", "a.py"], { cwd })).code, 0);
  });
  await inFolder({ "a.py": line }, async (cwd) => {
    assert.equal((await devmcp(["format", "--check", "a.py"], { cwd })).code, 1);
  });
});

Deno.test("format refuses a file it may not write", async () => {
  if (Deno.uid() === 0) return await refusesWithoutFolder();
  await inFolder({ "a.py": "x=1\n" }, async (cwd) => {
    await Deno.chmod(join(cwd, "a.py"), 0o444);
    const run = await devmcp(["format", "a.py"], { cwd });
    assert.equal(run.code, 2);
    assert.match(run.stderr, /a\.py/);
  });
});

/** Root may write everything, so only a folder that cannot be written to is left to test. */
async function refusesWithoutFolder(): Promise<void> {
  const run = await devmcp(["format", "/proc/self/status"]);
  assert.equal(run.code, 2);
}
