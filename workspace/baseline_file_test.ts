import { deepEqual, equal, throws } from "node:assert/strict";
import { openBaselineFile } from "./baseline_file.ts";

Deno.test("openBaselineFile() names files from its folder, and tells which are no more", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/src`);
    await Deno.writeTextFile(`${folder}/src/a.py`, "");
    const file = openBaselineFile("../known.json", `${folder}/src`);
    equal(file.text, undefined);
    deepEqual(["a.py", "./a.py", `${folder}/b.py`].map(file.nameOf), [
      "src/a.py",
      "src/a.py",
      "b.py",
    ]);
    deepEqual(["src/a.py", "src/b.py", "src/a.py/c.py"].map(file.isVanished), [false, true, true]);
    await file.write("{}");
    equal(openBaselineFile("known.json", folder).text, "{}");
    await Deno.writeFile(`${folder}/latin`, new Uint8Array([0xe4]));
    throws(() => openBaselineFile("latin", folder), /"latin": it is not UTF-8/);
    throws(() => openBaselineFile("src", folder), /Cannot read "src"/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
