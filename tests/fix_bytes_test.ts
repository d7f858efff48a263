/** What `--fix` leaves of a file: all bytes that no fix is about, its mode, its links. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

const cell = (...source: string[]) => ({
  cell_type: "code",
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
});
const notebook = (first: string[]) =>
  JSON.stringify(
    {
      cells: [cell(...first), cell("%matplotlib inline\n", "print(sys, 'ü')")],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    },
    undefined,
    1,
  ) + "\n";

/** Names, with bytes before and after `--fix`. */
const FILES: Record<string, [before: string | Uint8Array, after: string | Uint8Array]> = {
  "bare.py": ["import os\nx = 1", "x = 1\n"],
  "bom.py": ["\ufeffimport os\r\nx = 1\r\n", "\ufeffx = 1\r\n"],
  "crlf.py": ["import os\r\nx = 1\r\n", "x = 1\r\n"],
  "latin.py": [
    latin1("# coding: latin-1\r\nimport os\r\nx = '\xe9'\r\n"),
    latin1("# coding: latin-1\r\nx = '\xe9'\r\n"),
  ],
  "mixed.py": ["x = 1\r\nimport os\ny = 2\n", "x = 1\r\ny = 2\n"],
  "form feed.py": ["import os\nx = 1\n\fy = 2\n", "x = 1\n\fy = 2\n"],
  "a.ts": ["\ufefflet a = 1;\r\nexport { a };\r\n", "\ufeffconst a = 1;\r\nexport { a };\r\n"],
  "a.md": ["# ü\r\n\r\n\r\n\r\ntext", "# ü\r\n\r\ntext\r\n"],
  "n.ipynb": [
    notebook(["import os\n", "import sys\n", "a = 1"]),
    notebook(["import sys\n", "a = 1"]),
  ],
  "-d\x1b\"\\'\n.py": ["import os\nx = 1\n", "x = 1\n"],
  // No fix can be made in these, so they stay, whatever else is wrong.
  "broken.py": ["import os\nx = (\n", "import os\nx = (\n"],
  "wrong.json": ['{"a": 1,}\n', '{"a": 1,}\n'],
  "wrong.js": ["let a = 1; export { a\n", "let a = 1; export { a\n"],
};

const bytesOf = (text: string | Uint8Array) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;
const before = () =>
  Object.fromEntries(Object.entries(FILES).map(([name, [bytes]]) => [name, bytes]));
const FIX = ["review", "--fix", "--fail-on", "never"];

async function assertFixed(cwd: string): Promise<void> {
  for (const [name, [, after]] of Object.entries(FILES)) {
    const found = await Deno.readFile(join(cwd, name));
    assert.deepEqual([name, new Uint8Array(found)], [name, bytesOf(after)]);
  }
}

Deno.test("--fix keeps encodings, marks, line endings and what it cannot parse", async () => {
  await inFolder(before(), async (cwd) => {
    const { code, stderr } = await devmcp([...FIX, "."], { cwd });
    assert.equal(code, 0, stderr);
    await assertFixed(cwd);
    assert.doesNotMatch((await devmcp([...FIX, "."], { cwd })).stderr, /Fixed/);
    await assertFixed(cwd);
  });
});

Deno.test("--dry-run shows the very difference that --fix makes, byte by byte", async () => {
  await inFolder(before(), async (cwd) => {
    const script = '"$0" review --fix --dry-run . > ../"$1" && exit 9; git apply ../"$1"; e=$?; ' +
      'rm ../"$1"; exit $e';
    const args = ["-c", script, BINARY, `${cwd.split("/").at(-1)}.diff`];
    const { code, stderr } = await new Deno.Command("bash", { args, cwd }).output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    await assertFixed(cwd);
  });
});

Deno.test("--fix keeps modes and symbolic links, and refuses what it must not replace", async () => {
  const text = "import os\nx = 1\n";
  const names = ["run.py", "real/a.py", "read_only.py", "hard.py"];
  const files = Object.fromEntries(names.map((name) => [name, text]));
  await inFolder(files, async (cwd) => {
    await Deno.chmod(join(cwd, "run.py"), 0o4751);
    await Deno.chmod(join(cwd, "read_only.py"), 0o444);
    await Deno.symlink("real/a.py", join(cwd, "link.py"));
    await Deno.link(join(cwd, "hard.py"), join(cwd, "real/hard.txt"));
    const preview = await devmcp([...FIX, "--dry-run", ...names, "link.py"], { cwd });
    const { code, stderr } = await devmcp([...FIX, ...names, "link.py"], { cwd });
    for (const said of [preview.stderr, stderr]) {
      assert.match(said, /Cannot write "hard\.py": it has 2 hard links/);
      assert.match(said, /Cannot write "read_only\.py": it is read-only/);
    }
    assert.deepEqual([preview.code, code], [2, 2]);
    const read = (name: string) => Deno.readTextFile(join(cwd, name));
    assert.deepEqual(await Promise.all([...names, "link.py"].map(read)), [
      ...["x = 1\n", "x = 1\n", text, text],
      "x = 1\n",
    ]);
    assert.equal((await Deno.stat(join(cwd, "run.py"))).mode! & 0o7777, 0o4751);
    assert.ok((await Deno.lstat(join(cwd, "link.py"))).isSymlink);
  });
});

Deno.test("--fix --changed-lines mends lines that have changed, in notebooks too", async () => {
  const python = "import os\nimport sys\n\nX = 1\n";
  const old = notebook(["import os\n", "a = 1"]), now = notebook(["import os\n", "import re"]);
  await inFolder({ "a.py": python, "n.ipynb": old }, async (cwd) => {
    const script = "git init -q && git add . && git -c user.name=x -c user.email=x@x commit -qm x";
    assert.ok((await new Deno.Command("sh", { args: ["-c", script], cwd }).output()).success);
    await Deno.writeTextFile(join(cwd, "a.py"), python.replace("sys", "re"));
    await Deno.writeTextFile(join(cwd, "n.ipynb"), now);
    await Deno.writeTextFile(join(cwd, "new.py"), "import os\n");
    assert.ok(
      (await new Deno.Command("git", { args: ["add", "-N", "new.py"], cwd }).output()).success,
    );
    const { code, stderr } = await devmcp([...FIX, "--changed-lines"], { cwd });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /Fixed 3 findings in 3 files/);
    assert.equal(await Deno.readTextFile(join(cwd, "a.py")), "import os\n\nX = 1\n");
    assert.equal(await Deno.readTextFile(join(cwd, "new.py")), "");
    const { cells: [first] } = JSON.parse(await Deno.readTextFile(join(cwd, "n.ipynb")));
    assert.equal(first.source.join(""), "import os\n");
  });
});
