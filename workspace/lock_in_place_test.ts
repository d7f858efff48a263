import { deepEqual, equal } from "node:assert/strict";
import { rename } from "node:fs/promises";
import { whileLocked } from "./lock_in_place.ts";
import { withFolder } from "./testing_folder.ts";

Deno.test("whileLocked() lets one in at a time, though each replaces the file", () =>
  withFolder({ "n": "0" }, async (folder) => {
    const path = `${folder}/n`;
    let inside = 0;
    await Promise.all(Array.from({ length: 12 }, (_, n) =>
      whileLocked(path, async () => {
        equal(++inside, 1);
        const value = Number(await Deno.readTextFile(path));
        await Deno.writeTextFile(`${path}.${n}`, `${value + 1}`);
        await rename(`${path}.${n}`, path);
        inside--;
      })));
    equal(await Deno.readTextFile(path), "12");
  }));

Deno.test("whileLocked() waits for nobody for long", () =>
  withFolder({ "n": "" }, async (folder) => {
    const other = await Deno.open(`${folder}/n`, { read: true, write: true });
    try {
      await other.lock(true);
      equal(await whileLocked(`${folder}/n`, () => Promise.resolve("done")), "done");
    } finally {
      other.close();
    }
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    deepEqual(names, ["n"]);
  }));
