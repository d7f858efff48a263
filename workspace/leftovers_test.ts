import { deepEqual } from "node:assert/strict";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { temporaryName } from "../config/temporary_name.ts";
import { removeLeftovers } from "./leftovers.ts";
import { withFolder } from "./testing_folder.ts";

Deno.test("removeLeftovers() removes what was left a day ago, and nothing else", () => {
  const [old, fresh] = [temporaryName(), temporaryName()];
  const kept = [fresh, ".devmcp-notes.tmp", "a.py", `x${old}`];
  return withFolder(
    Object.fromEntries([old, ...kept].map((name) => [name, ""])),
    async (folder) => {
      const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
      for (const name of [old, ...kept.slice(1)]) {
        await utimes(join(folder, name), yesterday, yesterday);
      }
      await removeLeftovers(folder);
      const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
      deepEqual(names.sort(), kept.sort());
      await removeLeftovers(join(folder, "missing"));
    },
  );
});
