import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { join } from "node:path";
import { createFile, exists, refuseExisting } from "./create_file.ts";
import { withFolder } from "./testing_folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

Deno.test("createFile() makes a file and leaves nothing else", () =>
  withFolder({}, async (folder) => {
    const path = join(folder, "new.py");
    await createFile(path, bytes("x = 1\n"));
    equal(await Deno.readTextFile(path), "x = 1\n");
    deepEqual(await namesIn(folder), ["new.py"]);
    if (Deno.build.os !== "windows") {
      ok(((await Deno.stat(path)).mode! & 0o600) === 0o600);
      equal((await Deno.stat(path)).nlink, 1);
    }
  }));

Deno.test("createFile() never takes the place of anything", () =>
  withFolder({ "old.py": "old" }, async (folder) => {
    await Deno.symlink(join(folder, "outside.py"), join(folder, "link.py"));
    await Deno.mkdir(join(folder, "folder.py"));
    const there = { message: /^Cannot write ".*": it is there already$/, hint: /--force/ };
    const folderThere = { message: /^Cannot write ".*": it is a folder$/ };
    for (const name of ["old.py", "link.py", "folder.py"]) {
      const refusal = name === "folder.py" ? folderThere : there;
      await rejects(createFile(join(folder, name), bytes("new")), refusal);
      await rejects(refuseExisting(join(folder, name)), refusal);
    }
    equal(await Deno.readTextFile(join(folder, "old.py")), "old");
    deepEqual(await namesIn(folder), ["folder.py", "link.py", "old.py"]);
  }));

Deno.test("createFile() keeps one of two files that are made at once", () =>
  withFolder({}, async (folder) => {
    const path = join(folder, "new.py");
    const made = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => createFile(path, bytes(String(index).repeat(999)))),
    );
    equal(made.filter(({ status }) => status === "fulfilled").length, 1);
    equal(new Set(await Deno.readTextFile(path)).size, 1);
    deepEqual(await namesIn(folder), ["new.py"]);
  }));

Deno.test("createFile() does the same where there are no hard links", () =>
  withFolder({ "old.py": "old" }, async (folder) => {
    const link = () => Promise.reject(Object.assign(new Error("no links"), { code: "EPERM" }));
    await createFile(join(folder, "new.py"), bytes("x = 1\n"), { link });
    equal(await Deno.readTextFile(join(folder, "new.py")), "x = 1\n");
    await rejects(createFile(join(folder, "old.py"), bytes("new"), { link }), {
      message: /it is there already$/,
    });
    equal(await Deno.readTextFile(join(folder, "old.py")), "old");
    deepEqual(await namesIn(folder), ["new.py", "old.py"]);
  }));

Deno.test("refuseExisting() wants a folder", () =>
  withFolder({ "file": "" }, async (folder) => {
    for (const path of ["none/new.py", "file/new.py"]) {
      await rejects(refuseExisting(join(folder, path)), { message: /no such folder$/ });
      await rejects(createFile(join(folder, path), bytes("x")), { name: "ToolError" });
    }
    await refuseExisting(join(folder, "new.py"));
    equal(await exists(join(folder, "file")), true);
  }));
