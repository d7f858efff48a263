import assert from "node:assert/strict";
import { join } from "node:path";
import { openInspectionStore } from "../../store/inspection_store.ts";
import { openWorkspace } from "../../workspace/workspace.ts";
import { inspectionSettings } from "../../tools/engine_settings.ts";
import { hashOf } from "../../config/hash_of.ts";
import { inspectionId } from "./inspection_id.ts";
import { createReviewCache } from "./review_cache.ts";
import type { ReviewJob } from "./review_job.ts";

const LATER_MS = 10_000;
const job = (path: string): ReviewJob => (
  { kind: "review", path, styleGuide: "pep8", excerpts: false }
);

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Looks for files as one run of a review does, `later` milliseconds from now. */
function openCache(folder: string, cwd = folder, later = LATER_MS) {
  const store = openInspectionStore({ folder: join(folder, ".cache"), maxBytes: 1e7 })!;
  return createReviewCache(store, openWorkspace(cwd), cwd, "test", () => Date.now() + later);
}

/** Keeps something about the files, and ends the run. */
async function keepAll(folder: string, paths: string[], cwd = folder, later = LATER_MS) {
  const workspace = openWorkspace(cwd), cache = openCache(folder, cwd, later);
  for (const lookup of await cache.find(paths.map(job))) {
    const path = lookup.job.path, bytes = await Deno.readFile(join(cwd, path));
    const settings = await inspectionSettings(workspace, path, "python");
    const id = inspectionId({ ...lookup.job, keep: "test" }, "python", settings, cwd);
    const inspection = { issues: [], lines: 1, suggestions: [], compliments: [], isAssured: true };
    const text = `${JSON.stringify(inspection)}\n{}`;
    cache.keep(lookup, { id, hash: hashOf(bytes), text });
  }
  cache.close();
}

/** In Deno a file's change time is of whole seconds: within one, only the real clock tells changes apart. */
async function nextSecond(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_010 - Date.now() % 1_000));
}

/** Which of the files are known. */
async function known(folder: string, paths: string[], cwd = folder): Promise<string[]> {
  const cache = openCache(folder, cwd);
  const found = (await cache.find(paths.map(job))).filter(({ key }) => key !== undefined);
  const reviews = await Promise.all(found.map((lookup) => cache.review(lookup)));
  cache.close();
  assert.ok(reviews.every((review) => review?.review.lines === 1));
  return found.map((lookup) => lookup.job.path);
}

Deno.test("createReviewCache() knows what is the same, and sees a change that keeps size and time", () =>
  inFolder(async (folder) => {
    for (const name of ["a.py", "b.py"]) {
      await Deno.writeTextFile(join(folder, name), "import os\n");
    }
    assert.deepEqual(await known(folder, ["a.py", "b.py"]), []);
    await keepAll(folder, ["a.py", "b.py"]);
    assert.deepEqual(await known(folder, ["a.py", "b.py"]), ["a.py", "b.py"]);
    await nextSecond();
    const { atime, mtime } = await Deno.stat(join(folder, "a.py"));
    await Deno.writeTextFile(join(folder, "a.py"), "import re\n");
    await Deno.utime(join(folder, "a.py"), atime!, mtime!);
    assert.deepEqual(await known(folder, ["a.py", "b.py"]), ["b.py"]);
    await Deno.writeTextFile(join(folder, "a.py"), "import os\n");
    assert.deepEqual(await known(folder, ["a.py", "b.py"]), ["a.py", "b.py"]);
    await Deno.writeTextFile(join(folder, "new"), "import os\n");
    await Deno.rename(join(folder, "new"), join(folder, "a.py"));
    assert.deepEqual(await known(folder, ["a.py"]), ["a.py"]);
  }));

Deno.test("createReviewCache() goes by the content of what was changed just now", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "a.py"), "import os\n");
    await keepAll(folder, ["a.py"], folder, 0);
    const store = openInspectionStore({ folder: join(folder, ".cache"), maxBytes: 1e7 })!;
    assert.equal(store.info().entries, 1);
    const asked: string[] = [];
    const spied = { ...bound(store), file: (id: string) => void asked.push(id) };
    const cache = createReviewCache(spied, openWorkspace(folder), folder, "test");
    const [lookup] = await cache.find([job("a.py")]);
    assert.deepEqual([lookup?.key === undefined, asked], [false, []]);
    cache.close();
  }));

function bound<T extends object>(target: T): T {
  return new Proxy({} as T, {
    get: (_, name) => (Reflect.get(target, name) as CallableFunction).bind(target),
    ownKeys: () =>
      Reflect.ownKeys(Object.getPrototypeOf(target)).filter((n) => n !== "constructor"),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

Deno.test("createReviewCache() knows a file from wherever in its project it is reviewed", () =>
  inFolder(async (folder) => {
    const source = join(folder, "src");
    await Deno.mkdir(source);
    await Deno.writeTextFile(join(source, "a.py"), "import os\n");
    await Deno.writeTextFile(join(folder, "ruff.toml"), 'lint.select = ["F"]\n');
    await keepAll(folder, ["src/a.py"]);
    assert.deepEqual(await known(folder, ["a.py"], source), ["a.py"]);
    assert.deepEqual(await known(folder, [join(source, "a.py")], source), [join(source, "a.py")]);
    await Deno.writeTextFile(
      join(folder, "ruff.toml"),
      '[lint.per-file-ignores]\n"src/*" = ["F401"]\n',
    );
    assert.deepEqual(await known(folder, ["src/a.py"]), []);
    await keepAll(folder, ["src/a.py"]);
    assert.deepEqual(await known(folder, ["a.py"], source), ["a.py"]);
    // Another name is another file: rules may be left out in it.
    await Deno.copyFile(join(source, "a.py"), join(folder, "a.py"));
    assert.deepEqual(await known(folder, ["a.py"]), []);
  }));
