import { equal, rejects } from "node:assert/strict";
import { inHome } from "./home_fixture.ts";
import { createTextFile, replaceTextFile } from "./write_file.ts";

Deno.test("replaceTextFile() replaces what a link leads to when asked, else nothing", async () => {
  await inHome({ "real/f": "old" }, async ({ path, read }) => {
    const link = `${path}/link`;
    await Deno.symlink(`${path}/real/f`, link);
    await rejects(replaceTextFile(link, "evil", { followLinks: false }), {
      name: "ToolError",
      message: /^Cannot write ".*link": it is a symbolic link$/,
    });
    equal(await read("real/f"), "old");
    await replaceTextFile(link, "new", { followLinks: true });
    equal(await read("real/f"), "new");
    equal((await Deno.lstat(link)).isSymlink, true);
    await Deno.remove(`${path}/real`, { recursive: true });
    await rejects(replaceTextFile(link, "evil", { followLinks: false }), { name: "ToolError" });
  });
});

Deno.test("replaceTextFile() and createTextFile() say what the disk says", async () => {
  await inHome({ "file": "old" }, async ({ path, read }) => {
    await rejects(replaceTextFile(`${path}/file/below`, "x", { followLinks: false }), {
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
