/** Bad input: a clear line or an honest result; never a stack trace, a hang or a lost file. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { until } from "../config/until_fixture.ts";
import { BINARY, devmcp, inFolder, type Run } from "./devmcp.ts";

const COMMANDS = ["review", "format", "complexity"];
const bytes = (...values: number[]) => new Uint8Array(values);
const text = (value: string) => new TextEncoder().encode(value);

function assertClean({ stdout, stderr }: Run): void {
  assert.doesNotMatch(stdout + stderr, /\n\s+at .*:\d+/, "a stack trace");
  assert.doesNotMatch(stdout + stderr, /Uncaught|panicked|undefined|\[object/);
}

/** One line on stderr, exit code 2, nothing else. */
function assertRefused(run: Run, message: RegExp): void {
  assertClean(run);
  assert.match(run.stderr, message);
  assert.equal(run.code, 2, run.stderr);
}

Deno.test("a file that is not there is one line and exit 2", async () => {
  await inFolder({}, async (cwd) => {
    for (const command of COMMANDS) {
      const run = await devmcp([command, "missing.py"], { cwd });
      assertRefused(run, /missing\.py/);
      assert.equal(run.stdout, "");
    }
  });
});

Deno.test("a folder without Python is said and is no failure", async () => {
  await inFolder({ "notes.txt": "x" }, async (cwd) => {
    for (const command of COMMANDS) {
      const run = await devmcp([command, "."], { cwd });
      assertClean(run);
      assert.match(run.stderr, /no files found that devmcp can/);
      assert.equal(run.code, 0);
    }
  });
});

Deno.test("files that are no text are named with the reason, and left as they are", async () => {
  const table: [string, Uint8Array, RegExp][] = [
    ["binary.py", bytes(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1), /binary/i],
    ["latin.py", bytes(0x78, 0x20, 0x3d, 0x20, 0x22, 0xe9, 0x22, 0x0a), /UTF-8/],
    ["utf16le.py", bytes(0xff, 0xfe, 0x78, 0, 0x0a, 0), /UTF-16/],
    ["utf16be.py", bytes(0xfe, 0xff, 0, 0x78, 0, 0x0a), /UTF-16/],
  ];
  for (const [name, content, message] of table) {
    await inFolder({ [name]: content }, async (cwd) => {
      for (const command of COMMANDS) {
        const run = await devmcp([command, name], { cwd });
        assertRefused(run, message);
        assert.match(run.stderr, new RegExp(name));
      }
      assert.deepEqual(await Deno.readFile(join(cwd, name)), content);
    });
  }
});

Deno.test("a file that cannot be read does not keep the others from being done", async () => {
  const files = { "a.py": "import os\n", "b.py": bytes(0xff, 0xfe, 0, 0), "c.py": "import re\n" };
  await inFolder(files, async (cwd) => {
    const run = await devmcp(["review", ".", "--json"], { cwd });
    assertRefused(run, /b\.py/);
    const names = JSON.parse(run.stdout).files.map(({ path }: { path: string }) => path);
    assert.deepEqual(names, ["a.py", "c.py"]);
  });
});

Deno.test("BOM, line endings and a missing final newline survive formatting", async () => {
  const bom = "\ufeff";
  const table: [string, string, string][] = [
    ["bom.py", `${bom}x=1\n`, `${bom}x = 1\n`],
    ["crlf.py", "x=1\r\ny=2\r\n", "x = 1\r\ny = 2\r\n"],
    ["bare.py", "x=1", "x = 1\n"],
    ["empty.py", "", ""],
    ["blank.py", "\n\n", "\n"],
  ];
  for (const [name, before, after] of table) {
    await inFolder({ [name]: before }, async (cwd) => {
      const run = await devmcp(["format", name], { cwd });
      assertClean(run);
      assert.equal(run.code, 0, run.stderr);
      assert.deepEqual(await Deno.readFile(join(cwd, name)), text(after), name);
      const again = await devmcp(["format", "--check", name], { cwd });
      assert.equal(again.code, 0, `${name} is not stable`);
    });
  }
});

Deno.test("an empty file is reviewed and measured", async () => {
  await inFolder({ "empty.py": "" }, async (cwd) => {
    const review = JSON.parse((await devmcp(["review", "--json", "empty.py"], { cwd })).stdout);
    assert.equal(review.files[0].overall_score, 100);
    const measured = await devmcp(["complexity", "--json", "empty.py"], { cwd });
    assert.equal(measured.code, 0);
  });
});

Deno.test("a syntax error is a critical finding with its place; the file is never touched", async () => {
  const broken = "def f(:\n    pass\n";
  await inFolder({ "broken.py": broken }, async (cwd) => {
    const review = await devmcp(["review", "--json", "broken.py"], { cwd });
    assertClean(review);
    assert.equal(review.code, 1);
    const [file] = JSON.parse(review.stdout).files;
    assert.equal(file.overall_score, 0);
    const { severity, rule, line, column } = file.issues[0];
    assert.deepEqual([severity, rule, line, column], ["critical", "syntax-error", 1, 7]);
    const formatted = await devmcp(["format", "broken.py"], { cwd });
    assertRefused(formatted, /broken\.py/);
    assert.equal(await Deno.readTextFile(join(cwd, "broken.py")), broken);
    const measured = await devmcp(["complexity", "--json", "broken.py"], { cwd });
    assertClean(measured);
    assert.match(measured.stdout, /syntax error/i);
  });
});

/** Exit codes of huge inputs where they are not 0: something found or unformatted (1), refused (2). */
const EXPECTED: Record<string, Record<string, number>> = {
  "big.py": { review: 1, format: 1 },
  "long.py": { format: 1 },
  "deep.py": { format: 1 },
  "chain.py": { review: 1, format: 2 },
};

Deno.test("huge, deep and long inputs end with a result", async () => {
  const files = {
    "big.py": "def f(a):\n    return [a, a + 1, {'k': a}]\n\n\n".repeat(220_000),
    "long.py": `x = [${"1, ".repeat(333_000)}1]\n`,
    "deep.py": `x = ${"(".repeat(2000)}1${")".repeat(2000)}\n`,
    "chain.py": `x = ${"1 + ".repeat(50_000)}1\n`,
  };
  await inFolder(files, async (cwd) => {
    for (const name of Object.keys(files)) {
      for (const args of [["review"], ["format", "--check"], ["complexity"]]) {
        const run = await devmcp([...args, name], { cwd });
        assertClean(run);
        assert.ok(run.stdout.length + run.stderr.length > 0, `${args[0]} ${name} says nothing`);
        assert.equal(
          run.code,
          EXPECTED[name]?.[args[0]!] ?? 0,
          `${args[0]} ${name}: ${run.stderr}`,
        );
      }
    }
  });
});

Deno.test("a symlink loop ends", async () => {
  await inFolder({ "pkg/a.py": "import os\n" }, async (cwd) => {
    await Deno.symlink("..", join(cwd, "pkg", "loop"));
    await Deno.symlink("self.py", join(cwd, "self.py"));
    const run = await devmcp(["review", "--json", "."], { cwd });
    assertClean(run);
    const names = JSON.parse(run.stdout).files.map(({ path }: { path: string }) => path);
    assert.deepEqual(names, ["pkg/a.py"]);
    assertRefused(await devmcp(["review", "self.py"], { cwd }), /self\.py/);
  });
});

Deno.test("malformed configuration names the file and the line", async () => {
  await inFolder({ "pyproject.toml": "[tool.ruff]\nline-length =\n", "a.py": "" }, async (cwd) => {
    assertRefused(await devmcp(["review", "a.py"], { cwd }), /pyproject\.toml.*2/);
  });
  await inFolder({ "ruff.toml": 'line-length = "long"\n', "a.py": "" }, async (cwd) => {
    assertRefused(await devmcp(["review", "a.py"], { cwd }), /ruff\.toml.*line-length/);
  });
});

Deno.test("wrong arguments are one line and exit 2", async () => {
  const table: [string[], RegExp][] = [
    [["reveiw"], /reveiw.*review/],
    [["review", "--frobnicate"], /--frobnicate/],
    [["review", "--format", "xml"], /"xml"[^]*text/],
    [["review", "--select", "Q999X"], /Q999X/],
    [["review", "--select", ","], /It names no rule/],
    [["review", "--format", "json=a.py"], /Cannot write json to "a\.py": .* a file of python/],
    [["review", "--format", "json=a", "--format", "text=./a"], /two formats to "\.\/a"/],
    [["review", "--json", "-o", "/dev/full"], /"\/dev\/full": it is a device[^]*let the shell/],
    [["review", "--baseline="], /Cannot read the baseline: none is named/],
    [["review", "--min-score", "many"], /many/],
    [["review", "--fail-on", "sometimes"], /sometimes/],
    [["explain", "F4O1"], /F4O1/],
    [["format-code", "--code", "x=1", "--formatter", "yapf"], /yapf[^]*black/],
    [["tools", "no_tool"], /no_tool/],
  ];
  for (const [args, message] of table) {
    const run = await devmcp(args);
    assertRefused(run, message);
    assert.equal(run.stdout, "", args.join(" "));
    assert.ok(run.stderr.trim().split("\n").length <= 2, run.stderr);
  }
});

Deno.test("a closed standard output ends quietly", async () => {
  await inFolder({ "a.py": "import os\n".repeat(3000) }, async (cwd) => {
    const script = `"${BINARY}" review --max-issues 0 a.py | head -1; echo $PIPESTATUS`;
    const command = new Deno.Command("bash", { args: ["-c", script], cwd, stdin: "null" });
    const { stdout, stderr } = await command.output();
    // What was found fails a hook, whoever reads it.
    assert.match(new TextDecoder().decode(stdout), /^a\.py:.*\n141\n$/);
    assert.equal(new TextDecoder().decode(stderr), "");
  });
});

Deno.test("a full disk leaves the file as it was", async () => {
  const folder = await Deno.makeTempDir();
  const mount = new Deno.Command("mount", {
    args: ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder],
    stderr: "null",
  });
  if (!(await mount.output()).success) return await Deno.remove(folder);
  try {
    const path = join(folder, "a.py");
    const before = "x=1\n".repeat(10_000);
    await Deno.writeTextFile(path, before);
    const run = await devmcp(["format", "a.py"], { cwd: folder });
    assertRefused(run, /a\.py/);
    assert.equal(await Deno.readTextFile(path), before);
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    assert.deepEqual(names, ["a.py"]);
  } finally {
    await new Deno.Command("umount", { args: [folder] }).output();
    await Deno.remove(folder);
  }
});

Deno.test("Ctrl-C in the middle ends soon with 130 and no file half written", async () => {
  const files: Record<string, string> = {};
  for (let n = 0; n < 300; n++) files[`f${n}.py`] = "x=1\n".repeat(500);
  await inFolder(files, async (cwd) => {
    const child = new Deno.Command(BINARY, {
      args: ["format", "."],
      cwd,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    setTimeout(() => child.kill("SIGINT"), 250);
    const { code, stderr } = await child.output();
    assert.equal(code, 130);
    assert.doesNotMatch(new TextDecoder().decode(stderr), /\n\s+at /);
    const whole = ["x=1\n".repeat(500), "x = 1\n".repeat(500)];
    for await (const { name } of Deno.readDir(cwd)) {
      assert.ok(name.endsWith(".py"), `${name} is left`);
      assert.ok(whole.includes(await Deno.readTextFile(join(cwd, name))), `${name} is cut`);
    }
  });
});

Deno.test("Ctrl-C as soon as a report is begun leaves nothing of it", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`f${n}.py`, "x=1\n".repeat(500)]),
  );
  await inFolder(files, async (cwd) => {
    const args = ["review", "--no-cache", "-o", "r.sarif", "."];
    const options = { args, cwd, stdin: "null", stdout: "null", stderr: "null" } as const;
    const child = new Deno.Command(BINARY, options).spawn();
    const others = async () =>
      (await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name))
        .filter((name) => !name.endsWith(".py"));
    await until(async () => (await others()).length > 0, "the report is begun");
    child.kill("SIGINT");
    assert.equal((await child.status).code, 130);
    assert.deepEqual(await others(), []);
  });
});

Deno.test("a cache folder that is mounted read-only changes nothing, for root neither", async () => {
  await inFolder({ "a.py": "import os\n" }, async (cwd) => {
    const cache = join(cwd, "cache");
    await Deno.mkdir(cache);
    const mount = (...args: string[]) =>
      new Deno.Command("mount", { args, stderr: "null" }).output();
    if (!(await mount("-t", "tmpfs", "-o", "ro,size=64k", "tmpfs", cache)).success) return;
    try {
      const env = { XDG_CACHE_HOME: cache };
      const wanted = await devmcp(["review", "--json", "--no-cache", "a.py"], { cwd });
      for (let n = 0; n < 2; n++) {
        assert.deepEqual(await devmcp(["review", "--json", "a.py"], { cwd, env }), wanted);
      }
      const info = await devmcp(["cache", "info"], { env });
      assertClean(info);
      assertClean(await devmcp(["cache", "clear"], { env }));
    } finally {
      await new Deno.Command("umount", { args: [cache] }).output();
    }
  });
});
