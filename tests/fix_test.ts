/** `devmcp review --fix`: what is mended, what is left alone, and that nothing is lost. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

const PYTHON = "import os, sys\n\n\ndef f(a=[]):\n    return not a is sys\n";
const MENDED = "import sys\n\n\ndef f(a=[]):\n    return a is not sys\n";

Deno.test("--fix applies safe fixes, reports what is left and says what was fixed", async () => {
  const files = { "a.py": PYTHON, "b.js": "let b = 2;\nexport { b };\n", "c.py": "x = (\n" };
  await inFolder(files, async (cwd) => {
    const { code, stdout, stderr } = await devmcp(["review", "--fix", "--json", "."], { cwd });
    assert.equal(code, 1);
    assert.match(await Deno.readTextFile(join(cwd, "a.py")), new RegExp(RegExp.escape(MENDED)));
    assert.equal(await Deno.readTextFile(join(cwd, "b.js")), "const b = 2;\nexport { b };\n");
    assert.equal(await Deno.readTextFile(join(cwd, "c.py")), "x = (\n");
    const { files: [a], summary } = JSON.parse(stdout);
    assert.deepEqual(a.fixed.map(({ rule }: { rule: string }) => rule), ["E401", "E714", "F401"]);
    assert.ok(a.issues.every(({ rule }: { rule: string }) => rule !== "F401"));
    assert.deepEqual(summary.fixed, { findings: 4, files: 2 });
    assert.equal(stderr, "");
    const again = await devmcp(["review", "--fix", "b.js", "a.py", "--fail-on", "never"], { cwd });
    assert.deepEqual([again.code, again.stderr.includes("Fixed")], [0, false]);
    const unsafe = await devmcp(["review", "--fix", "--unsafe-fixes", "a.py", "b.js"], { cwd });
    assert.match(unsafe.stderr, /Fixed 1 finding in 1 file\n/);
    assert.match(await Deno.readTextFile(join(cwd, "a.py")), /a=None/);
  });
});

Deno.test("--dry-run shows a difference that git applies, and writes nothing", async () => {
  await inFolder({ "a.py": PYTHON, "ü b.py": "\ufeffimport os\r\n" }, async (cwd) => {
    const { code, stdout, stderr } = await devmcp(["review", "--fix", "--dry-run"], { cwd });
    assert.equal(code, 1);
    assert.equal(stderr, "Would fix 4 findings in 2 files, 2 findings would be left\n");
    assert.equal(await Deno.readTextFile(join(cwd, "a.py")), PYTHON);
    await Deno.writeTextFile(join(cwd, "p.diff"), stdout);
    const git = new Deno.Command("git", { args: ["apply", "p.diff"], cwd, stderr: "piped" });
    const { success, stderr: said } = await git.output();
    assert.ok(success, new TextDecoder().decode(said));
    assert.equal(await Deno.readTextFile(join(cwd, "a.py")), MENDED);
    const nothing = await devmcp(["review", "--fix", "--dry-run", "--fail-on", "never"], { cwd });
    assert.deepEqual([nothing.code, nothing.stdout], [0, ""]);
  });
});

Deno.test("--fix refuses what it cannot do in one line", async () => {
  const refused: [string[], RegExp][] = [
    [["--fix", "--staged"], /Cannot fix what is staged/],
    [["--fix", "-"], /Cannot fix standard input/],
    [["--unsafe-fixes"], /without --fix/],
    [["--dry-run"], /without --fix/],
    [["--fix", "--dry-run", "--json"], /Cannot write a report with --dry-run/],
    [["--fix", "--baseline", "b", "--update-baseline"], /Cannot fix and update/],
  ];
  await inFolder({ "a.py": PYTHON }, async (cwd) => {
    for (const [args, message] of refused) {
      const { code, stdout, stderr } = await devmcp(["review", ...args], { cwd, stdin: "" });
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.match(stderr, message);
    }
    assert.equal(await Deno.readTextFile(join(cwd, "a.py")), PYTHON);
  });
});

Deno.test("two reviews that fix at once lose nothing", async () => {
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.py`, PYTHON]));
  await inFolder(files, async (cwd) => {
    const args = ["review", "--fix", "--fail-on", "never", "."];
    for (const { code, stderr } of await Promise.all([1, 2, 3].map(() => devmcp(args, { cwd })))) {
      assert.equal(code, 0, stderr);
    }
    const left = await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name);
    assert.deepEqual(left.sort(), Object.keys(files).sort());
    for (const name of left) assert.equal(await Deno.readTextFile(join(cwd, name)), MENDED);
  });
});
