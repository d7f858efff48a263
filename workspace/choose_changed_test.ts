import assert from "node:assert/strict";
import { join } from "node:path";
import { chooseChanged } from "./choose_changed.ts";
import type { ChangedFile } from "./git_changes.ts";
import { withFolder } from "./testing_folder.ts";

const CHANGED = ["a.py", "sub/b.py", "sub/deep/c.ts", "gone/d.py", "vendor/e.py", "sub/dist/f.py"];

const TABLE: [args: string[], cwd: string, chosen: string[]][] = [
  [[], ".", ["a.py", "sub/b.py", "sub/deep/c.ts", "gone/d.py"]],
  [[], "sub", ["a.py", "sub/b.py", "sub/deep/c.ts", "gone/d.py"]],
  [["."], "sub", ["sub/b.py", "sub/deep/c.ts"]],
  [["deep", "../a.py"], "sub", ["a.py!", "sub/deep/c.ts"]],
  [["sub/**/*.ts"], ".", ["sub/deep/c.ts"]],
  [["**/*.py"], ".", ["a.py", "sub/b.py", "gone/d.py"]],
  [["*.go"], ".", []],
  [["gone"], ".", ["gone/d.py"]],
  [["gone/d.py"], ".", ["gone/d.py!"]],
  [["vendor/e.py"], ".", ["vendor/e.py!"]],
  [["vendor"], ".", ["vendor/e.py"]],
  [["unchanged.py"], ".", []],
];

Deno.test("chooseChanged() takes what arguments name, changed or gone from the disk", async () => {
  await withFolder({ "sub/deep/c.ts": "", "unchanged.py": "", "a.py": "" }, (top) => {
    const files = CHANGED.map((path): ChangedFile => ({
      path,
      place: join(top, path),
      isText: true,
      change: { isNew: false, lines: [] },
    }));
    for (const [args, folder, chosen] of TABLE) {
      const found = chooseChanged(files, args, { cwd: join(top, folder), top });
      const shown = found.map(({ path, isNamed }) => `${path}${isNamed ? "!" : ""}`);
      assert.deepEqual(shown, chosen, `${args} in ${folder}`);
    }
    for (const arg of ["nope", "nope.py", "", "a\0b"]) {
      assert.throws(() => chooseChanged(files, [arg], { cwd: top, top }), /no such file or folder/);
    }
    return Promise.resolve();
  });
});
