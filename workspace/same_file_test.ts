import { equal } from "node:assert/strict";
import { join } from "node:path";
import { isSameFile } from "./same_file.ts";
import { withFolder } from "./testing_folder.ts";

Deno.test("isSameFile() sees through spellings and links", () =>
  withFolder({ "a.py": "", "b.py": "", "folder/c.py": "" }, async (folder) => {
    await Deno.symlink(join(folder, "a.py"), join(folder, "soft.py"));
    await Deno.link(join(folder, "a.py"), join(folder, "hard.py"));
    const cases: [string, boolean][] = [
      ["a.py", true],
      ["folder/../a.py", true],
      ["soft.py", true],
      ["hard.py", true],
      ["b.py", false],
      ["none.py", false],
    ];
    for (const [name, same] of cases) {
      equal(await isSameFile(`${folder}/${name}`, join(folder, "a.py")), same, name);
    }
    equal(await isSameFile(join(folder, "none"), join(folder, "none")), false);
  }));
