import assert from "node:assert/strict";
import { join } from "node:path";
import type { ComplexityReport } from "../analysis/complexity.ts";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { fakeContext } from "../tools/fake_context.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { type FormattedFile, type Job, type Outcome, type ReviewedFile, runJob } from "./jobs.ts";

const engines = createEngines(loadAsset);
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (from?: Uint8Array) => new TextDecoder().decode(from);

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function run<T>(job: Job, folder: string): Promise<Outcome<T>> {
  return runJob(job, fakeContext({ engines, workspace: openWorkspace(folder) })) as Promise<
    Outcome<T>
  >;
}

function valueOf<T>(outcome: Outcome<T>): T {
  assert.ok("value" in outcome, JSON.stringify(outcome));
  return outcome.value;
}

const review = { kind: "review", path: "a.py", styleGuide: "pep8", excerpts: true } as const;

Deno.test("runJob() reviews, with the lines around each issue", async () => {
  await inFolder(async (folder) => {
    const code = "import os\n\n\n\n\n\n\nprint(x)\n";
    const reviewed = valueOf(await run<ReviewedFile>({ ...review, bytes: bytes(code) }, folder));
    assert.deepEqual(reviewed.review.issues.map(({ rule }) => rule), ["F821", "F401"]);
    assert.deepEqual(Object.keys(reviewed.excerpts).map(Number), [1, 2, 3, 6, 7, 8, 9]);
    assert.equal(reviewed.excerpts[8], "print(x)");
    assert.equal(reviewed.review.lines, 8);
  });
});

Deno.test("runJob() reviews with chosen rules, and without excerpts", async () => {
  await inFolder(async (folder) => {
    const job = { ...review, bytes: bytes("import os\nprint(x)\n"), excerpts: false };
    const reviewed = valueOf(await run<ReviewedFile>({ ...job, select: ["F401"] }, folder));
    assert.deepEqual(reviewed.review.issues.map(({ rule }) => rule), ["F401"]);
    assert.deepEqual(reviewed.excerpts, {});
    const ignored = valueOf(await run<ReviewedFile>({ ...job, ignore: ["F"] }, folder));
    assert.deepEqual(ignored.review.issues, []);
  });
});

Deno.test("runJob() formats bytes, and a file in place only when told to", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.py");
    await Deno.writeTextFile(path, "x=1\r\n");
    const job = { kind: "format", path, write: false, diff: true } as const;
    const dry = valueOf(await run<FormattedFile>(job, folder));
    assert.equal(dry.changes, 1);
    assert.match(dry.diff!, /^\+x = 1/m);
    assert.equal(await Deno.readTextFile(path), "x=1\r\n");
    await run({ ...job, write: true, diff: false }, folder);
    assert.equal(await Deno.readTextFile(path), "x = 1\r\n");
    const again = valueOf(await run<FormattedFile>(job, folder));
    assert.deepEqual(again, { changes: 0, diff: undefined });
    const piped = await run<FormattedFile>({ ...job, path: "-", bytes: bytes("y=2") }, folder);
    assert.equal(text(valueOf(piped).bytes), "y = 2\n");
  });
});

Deno.test("runJob() gives a diff that begins as the file does, with its byte order mark", async () => {
  await inFolder(async (folder) => {
    const job = { kind: "format", path: "a.py", write: false, diff: true } as const;
    const marked = await run<FormattedFile>({ ...job, bytes: bytes("\uFEFFx=1\ny=2\n") }, folder);
    const hunk = "@@ -1,2 +1,2 @@\n-\uFEFFx=1\n-y=2\n+\uFEFFx = 1\n+y = 2\n";
    assert.equal(valueOf(marked).diff, `--- a/a.py\n+++ b/a.py\n${hunk}`);
  });
});

Deno.test("runJob() measures", async () => {
  await inFolder(async (folder) => {
    const code = bytes("def f(a):\n    return 1 if a else 2\n");
    const job = { kind: "complexity", path: "a.py", bytes: code } as const;
    const report = valueOf(await run<ComplexityReport>(job, folder));
    assert.deepEqual(report.functions.map(({ name, cyclomatic }) => [name, cyclomatic]), [[
      "f",
      2,
    ]]);
  });
});

Deno.test("runJob() gives what is wrong with a file as an outcome", async () => {
  await inFolder(async (folder) => {
    const table: [Job, RegExp][] = [
      [{ ...review, path: "missing.py" }, /missing\.py/],
      [{ kind: "complexity", path: "b.py", bytes: new Uint8Array([0, 1]) }, /b\.py/],
      [
        { kind: "format", path: "c.py", bytes: bytes("def f(:"), write: false, diff: false },
        /syntax/,
      ],
    ];
    for (const [job, message] of table) {
      const outcome = await run(job, folder);
      assert.ok("problem" in outcome);
      assert.match(outcome.problem, message);
    }
  });
});

Deno.test("runJob() gives a fault of ours as an outcome too, in one line", async () => {
  await inFolder(async (folder) => {
    const broken = { ...engines, python: () => Promise.reject(new TypeError("x is odd\nat y")) };
    const job = { kind: "complexity", path: "a.py", bytes: bytes("x = 1\n") } as const;
    const context = fakeContext({ engines: broken, workspace: openWorkspace(folder) });
    assert.deepEqual(await runJob(job, context), {
      path: "a.py",
      problem: 'Cannot finish "a.py": x is odd',
    });
  });
});

Deno.test("runJob() throws an abort", async () => {
  await inFolder(async (folder) => {
    const abort = new DOMException("enough", "AbortError");
    const broken = { ...engines, python: () => Promise.reject(abort) };
    const job = { kind: "complexity", path: "a.py", bytes: bytes("x = 1\n") } as const;
    const running = runJob(job, fakeContext({ engines: broken, workspace: openWorkspace(folder) }));
    await assert.rejects(running, abort);
  });
});

/** `x = "あ"` in Shift-JIS, which is read but not written. */
const shiftJis = new Uint8Array([...bytes('# coding: shift_jis\nx = "'), 0x82, 0xa0, 0x22, 0x0a]);

Deno.test("runJob() gives formatted bytes back as they came, in whatever encoding", async () => {
  await inFolder(async (folder) => {
    const job = { kind: "format", path: "-", write: false, diff: false } as const;
    const same = valueOf(await run<FormattedFile>({ ...job, bytes: shiftJis }, folder));
    assert.deepEqual(same.bytes, shiftJis);
    const other = await run(
      { ...job, bytes: new Uint8Array([...shiftJis, ...bytes("y=2")]) },
      folder,
    );
    assert.ok("problem" in other);
    assert.equal(other.problem, "Cannot write SHIFT-JIS: it can only be read");
    assert.equal(other.hint, "convert it to UTF-8 first");
  });
});

Deno.test("runJob() replaces a file only while it has the bytes that were read", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "a.py");
    // Two spellings of one text: what was read has no byte order mark, what is there by now has.
    await Deno.writeTextFile(path, "\uFEFFx=1\n");
    const workspace = openWorkspace(folder);
    const stale = { ...workspace, readBytes: () => Promise.resolve(bytes("x=1\n")) };
    const job = { kind: "format", path, write: true, diff: false } as const;
    const outcome = await runJob(job, fakeContext({ engines, workspace: stale }));
    assert.ok("problem" in outcome);
    assert.match(outcome.problem, /^Cannot write ".*a\.py": /);
    assert.equal(await Deno.readTextFile(path), "\uFEFFx=1\n");
  });
});
