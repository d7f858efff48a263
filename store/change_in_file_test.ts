import assert from "node:assert/strict";
import { dirname } from "node:path";
import { changeInFile } from "./change_in_file.ts";

async function isThere(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

Deno.test("changeInFile() gives back what the file holds, and removes it", async () => {
  let seen = "";
  const text = await changeInFile("before", async (path) => {
    seen = path;
    assert.equal(await Deno.readTextFile(path), "before");
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
      assert.equal((await Deno.stat(dirname(path))).mode! & 0o777, 0o700);
    }
    await Deno.writeTextFile(path, "after");
  });
  assert.equal(text, "after");
  assert.ok(!await isThere(dirname(seen)));
});

Deno.test("changeInFile() removes the file when the change fails or is too long", async () => {
  let seen = "";
  await assert.rejects(changeInFile("", (path) => {
    seen = path;
    return Promise.reject(new Error("no"));
  }));
  assert.ok(!await isThere(dirname(seen)));
  await assert.rejects(
    changeInFile("", (path) => Deno.writeTextFile(path, "x".repeat(1024 * 1024 + 1))),
    /too long/,
  );
});
