import assert from "node:assert/strict";
import { join } from "node:path";
import { openWorkspace } from "../../../workspace/workspace.ts";
import type { ReviewedFile, ReviewJob } from "../review_job.ts";
import { createReviewMemory, type ReviewMemory } from "./review_memory.ts";

const JOB: ReviewJob = { kind: "review", path: "a.py", styleGuide: "pep8", excerpts: true };

async function withMemory(
  test: (
    memory: ReviewMemory,
    folder: string,
    begin: (changed: string[], isFull: boolean) => void,
  ) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "a.py"), "x = 1\n");
    const memory = createReviewMemory(folder);
    const begin = (changed: string[], isFull: boolean) =>
      memory.begin({
        changed: new Set(changed.map((name) => join(folder, name))),
        isFull,
        workspace: openWorkspace(folder),
      });
    await test(memory, folder, begin);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function found(rule: string): ReviewedFile {
  return { review: { issues: [{ rule }] }, excerpts: {} } as unknown as ReviewedFile;
}

Deno.test("createReviewMemory() forgets a file that has changed", async () => {
  await withMemory(async (memory, _folder, begin) => {
    begin([], true);
    assert.equal(await memory.get(JOB), undefined);
    memory.set("a.py", found("F401"));
    begin(["b.py"], false);
    assert.ok(await memory.get(JOB));
    begin(["a.py"], false);
    assert.equal(await memory.get(JOB), undefined);
  });
});

Deno.test("createReviewMemory() goes by nothing that has changed just now when all is looked at", async () => {
  await withMemory(async (memory, _folder, begin) => {
    begin([], true);
    await memory.get(JOB);
    memory.set("a.py", found("F401"));
    begin([], true);
    // Its times are those of this moment: another change could leave them as they are.
    assert.equal(await memory.get(JOB), undefined);
  });
});

Deno.test("createReviewMemory() asks again what is known otherwise, and where an engine failed", async () => {
  await withMemory(async (memory, _folder, begin) => {
    begin([], false);
    await memory.get(JOB);
    memory.set("a.py", found("F401"));
    assert.ok(await memory.get(JOB));
    assert.equal(await memory.get({ ...JOB, known: ["x"] }), undefined);
    memory.set("a.py", found("analysis-failed"));
    assert.equal(await memory.get(JOB), undefined);
  });
});

Deno.test("createReviewMemory() knows staged content by itself, and other settings", async () => {
  await withMemory(async (memory, folder, begin) => {
    const job = { ...JOB, bytes: new TextEncoder().encode("x = 1\n") };
    begin([], true);
    await memory.get(job);
    memory.set("a.py", found("F401"));
    begin([], true);
    assert.ok(await memory.get(job));
    await Deno.writeTextFile(join(folder, "ruff.toml"), 'lint.ignore = ["F401"]\n');
    begin([], true);
    assert.equal(await memory.get(job), undefined);
    memory.set("a.py", found("F401"));
    memory.keep(new Set());
    assert.equal(await memory.get(job), undefined);
  });
});
