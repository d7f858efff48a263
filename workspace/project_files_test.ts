import assert from "node:assert/strict";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openProjectFiles } from "./project_files.ts";
import { withFolder } from "./testing_folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("openProjectFiles() reads and tells of files inside only", async () => {
  await withFolder({ "in/a.py": "a\n", "out/b.py": "b" }, async (folder) => {
    const root = join(folder, "in");
    await symlink(join(folder, "out/b.py"), join(root, "b.py"));
    const files = openProjectFiles(root);
    assert.equal(await files.readText("a.py"), "a\n");
    const seen = ["a.py", join(root, "a.py"), "b.py", "../out/b.py", ".", "", "a\0", "none.py"];
    assert.deepEqual(seen.filter(files.exists), ["a.py", join(root, "a.py")]);
    for (const path of ["b.py", "../out/b.py"]) {
      await assert.rejects(() => files.readText(path), /outside the workspace/);
      await assert.rejects(() => files.snapshot(path), /outside the workspace/);
      await assert.rejects(() => files.restore(path, bytes("x"), bytes("b")), /outside/);
      await assert.rejects(() => files.restore(path, null, bytes("b")), /outside/);
    }
    await assert.rejects(() => files.readText("none.py"), /no such file/);
  });
});

Deno.test("snapshot() gives the bytes and the path, also of a file that is not there", async () => {
  await withFolder({ "a.bin": new Uint8Array([0, 255]) }, async (root) => {
    const files = openProjectFiles(root);
    assert.deepEqual(await files.snapshot("a.bin"), {
      path: join(root, "a.bin"),
      bytes: new Uint8Array([0, 255]),
    });
    assert.deepEqual(await files.snapshot("src/b"), { path: join(root, "src/b"), bytes: null });
  });
});

Deno.test("restore() puts back or removes what is as it was left, and nothing else", async () => {
  await withFolder({ "a.py": "after", "b.py": "after", "c.py": "edited" }, async (root) => {
    const files = openProjectFiles(root);
    await files.restore("a.py", bytes("before"), bytes("after"));
    await files.restore(join(root, "b.py"), null, bytes("after"));
    await assert.rejects(() => files.restore("c.py", bytes("x"), bytes("after")), /meantime/);
    await assert.rejects(() => files.restore("c.py", null, bytes("after")), /meantime/);
    await writeFile(join(root, ".mcp.json"), "{}");
    await assert.rejects(() => files.restore(".mcp.json", null, bytes("{}")), /may run/);
    assert.equal(await readFile(join(root, "a.py"), "utf8"), "before");
    assert.deepEqual((await readdir(root)).sort(), [".mcp.json", "a.py", "c.py"]);
  });
});
