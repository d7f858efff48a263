import assert from "node:assert/strict";
import { join } from "node:path";
import { createEngines } from "../analysis/engines.ts";
import { loseCore } from "../analysis/syntax/lost_core.ts";
import { loadAsset } from "../assets/load.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { withFolder } from "../workspace/testing_folder.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { needsWorker } from "./job_place.ts";
import type { Job } from "./jobs.ts";
import { onFiles } from "./on_files.ts";

const LARGE = 256 * 1024;

Deno.test("needsWorker() is for large files, but not where a model is asked", async () => {
  const review = { kind: "review", styleGuide: "pep8", excerpts: false } as const;
  await withFolder({ "large.py": "#".repeat(LARGE + 1), "small.py": "#".repeat(LARGE) }, (cwd) => {
    const cases: [Job, boolean][] = [
      [{ kind: "complexity", path: "small.py" }, false],
      [{ kind: "complexity", path: "large.py" }, true],
      [{ kind: "complexity", path: "gone.py" }, false],
      [{ kind: "complexity", path: "x.py", bytes: new Uint8Array(LARGE + 1) }, true],
      [{ kind: "complexity", path: "large.py", bytes: new Uint8Array(1) }, false],
      [{ ...review, path: "large.py", model: "off" }, true],
      [{ ...review, path: "large.py", model: "require" }, false],
    ];
    for (const [job, expected] of cases) assert.equal(needsWorker(job, cwd), expected, job.path);
    return Promise.resolve();
  });
});

/** The last: this thread has no parser any more. */
Deno.test("onFiles() goes on in a worker when this thread's parser is lost", async () => {
  const text = "class A { void m() { if (a) {} } }\n";
  await withFolder({ "a.java": text, "b.java": text, "c.java": text }, async (folder) => {
    const app = fakeApp({
      cwd: folder,
      engines: createEngines(loadAsset),
      openWorkspace: () => Promise.resolve(openWorkspace(folder)),
      workerUrl: new URL("./worker.ts", import.meta.url),
    });
    const jobs: Job[] = ["a.java", "b.java", "c.java"].map((name) => ({
      kind: "complexity",
      path: join(folder, name),
    }));
    const run = { operands: ["."], verb: "Measuring", purpose: "measure" as const };
    for (const atOnce of [1, undefined]) {
      const done = [];
      for await (const { path } of onFiles(app, { ...run, jobs: 1, atOnce }, jobs)) {
        done.push(path);
        loseCore();
      }
      assert.deepEqual(done, jobs.map(({ path }) => path), app.stderr.text);
    }
  });
});
