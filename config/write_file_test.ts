import { equal, rejects } from "node:assert/strict";
import { inHome } from "./home_fixture.ts";
import { createTextFile, replaceTextFile } from "./write_file.ts";

Deno.test("replaceTextFile() replaces what a link leads to", async () => {
  await inHome({ "real/f": "old" }, async ({ path, read }) => {
    await Deno.symlink(`${path}/real/f`, `${path}/link`);
    await replaceTextFile(`${path}/link`, "new");
    equal(await read("real/f"), "new");
    equal((await Deno.lstat(`${path}/link`)).isSymlink, true);
  });
});

Deno.test("replaceTextFile() and createTextFile() say what the disk says", async () => {
  await inHome({ "file": "old" }, async ({ path, read }) => {
    await rejects(replaceTextFile(`${path}/file/below`, "x"), {
      name: "ToolError",
      message: /^Cannot write ".*below": (a part of the path is not a folder|it is there already)$/,
    });
    await Deno.symlink(`${path}/gone`, `${path}/dangling`);
    for (const name of ["file", "dangling"]) {
      await rejects(createTextFile(`${path}/${name}`, "x"), { message: /: it is there already$/ });
    }
    equal(await read("file"), "old");
    await createTextFile(`${path}/a/b`, "new");
    equal(await read("a/b"), "new");
  });
});
