import assert from "node:assert/strict";
import * as z from "zod";
import { openStateFile } from "./state_file.ts";

async function withFile(
  test: (open: () => ReturnType<typeof openStateFile<string[]>>, path: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/state/names.json`;
  try {
    await test(() => openStateFile({ path, schema: z.array(z.string()), empty: [] }), path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("openStateFile() reads what was written, and nothing where there is nothing", () =>
  withFile(async (open) => {
    assert.deepEqual(open().read(), []);
    open().check();
    assert.deepEqual(await open().update((names) => [...names, "a"]), ["a"]);
    assert.deepEqual(open().read(), ["a"]);
  }));

Deno.test("openStateFile() loses no change of two at once", () =>
  withFile(async (open) => {
    await Promise.all([..."abcdef"].map((name) => open().update((names) => [...names, name])));
    assert.deepEqual(open().read().sort(), [..."abcdef"]);
  }));

Deno.test("openStateFile() starts anew when the file is broken, and keeps the broken one", () =>
  withFile(async (open, path) => {
    await open().update(() => ["a"]);
    for (const broken of ['["a"', "[1]"]) {
      await Deno.writeTextFile(path, broken);
      assert.deepEqual(open().read(), []);
      assert.throws(() => open().check(), /names\.json": it is broken$/);
      await open().update(() => ["b"]);
      open().check();
      assert.deepEqual(open().read(), ["b"]);
      assert.equal(await Deno.readTextFile(`${path}.broken`), broken);
    }
  }));
