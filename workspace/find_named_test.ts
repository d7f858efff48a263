import assert from "node:assert/strict";
import { findNamed } from "./find_named.ts";

Deno.test("findNamed() finds the files of a name, but not what is ignored", async () => {
  const root = await Deno.makeTempDir();
  try {
    for (const folder of ["src", "lib/deep", "node_modules"]) {
      await Deno.mkdir(`${root}/${folder}`, { recursive: true });
      await Deno.writeTextFile(`${root}/${folder}/app.py`, "");
      await Deno.writeTextFile(`${root}/${folder}/other.py`, "");
    }
    assert.deepEqual(await findNamed(root, "app.py"), ["lib/deep/app.py", "src/app.py"]);
    for (const name of ["gone.py", "src/app.py", "..", "", "app"]) {
      assert.deepEqual(await findNamed(root, name), [], name);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
