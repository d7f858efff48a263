import assert from "node:assert/strict";
import { join } from "node:path";
import { temporaryName } from "../../../config/temporary_name.ts";
import { byPlace, foldersFrom, isOfConcern, judge, type WatchScope } from "./watch_scope.ts";

async function inScope(test: (folder: string, scope: WatchScope) => void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["sub", "node_modules", ".git"]) await Deno.mkdir(join(folder, name));
    for (const name of ["a.py", "c.json", "new.js", "notes.txt", "sub/b.py", "out.sarif"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    const inputs = [
      { path: "a.py", language: "python" as const },
      { path: "c.json", language: "json" as const },
      { path: "gone.py", language: "python" as const },
    ];
    test(folder, {
      operands: [folder],
      folders: new Set([folder]),
      inputs: byPlace(inputs, folder),
      settings: new Set([join(folder, "sub", "known.json"), "/elsewhere/config.yaml"]),
      own: new Set([join(folder, "out.sarif")]),
      git: new Set([join(folder, ".git")]),
      isByGit: false,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("judge() tells a file's new content from what may change anything", async () => {
  await inScope((folder, scope) => {
    const cases: [name: string, isFull: boolean, changed: number][] = [
      ["a.py", false, 1],
      ["c.json", true, 1],
      ["gone.py", true, 1],
      ["new.js", true, 0],
      ["missing.js", false, 0],
      ["missing.py", true, 0],
      ["notes.txt", false, 0],
      ["sub", true, 0],
      ["node_modules", false, 0],
      ["out.sarif", false, 0],
      [temporaryName(), false, 0],
      [".a.py.swp", false, 0],
      [".gitignore", true, 0],
      ["../ruff.toml", true, 0],
      ["../other.py", false, 0],
      ["sub/b.py", false, 0],
      ["sub/known.json", true, 0],
      ["..", true, 0],
      [".git/index", true, 0],
      [".git/index.lock", false, 0],
      [".git/config", false, 0],
    ];
    for (const [name, isFull, changed] of cases) {
      const verdict = judge([join(folder, name)], scope);
      assert.deepEqual([verdict.isFull, verdict.changed.size], [isFull, changed], name);
    }
  });
});

Deno.test("judge() leaves nothing of what came and went, and finds another language", async () => {
  await inScope((folder, scope) => {
    const path = join(folder, "a.py");
    assert.equal(judge([path], scope).isFull, false);
    Deno.writeTextFileSync(path, "# @generated\n");
    assert.equal(judge([path], scope).isFull, true);
    assert.equal(isOfConcern(join(folder, "4913"), scope), false);
  });
});

Deno.test("foldersFrom() gives a folder and all above it", () => {
  assert.deepEqual(foldersFrom("/a/b"), ["/a/b", "/a", "/"]);
});
