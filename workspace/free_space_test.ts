import { equal, ok } from "node:assert/strict";
import { freeSpace } from "./free_space.ts";

Deno.test("freeSpace() tells what can be written to a folder's volume", async () => {
  const folder = await Deno.makeTempDir();
  const bytes = await freeSpace(folder);
  await Deno.remove(folder);
  ok(bytes !== undefined && Number.isInteger(bytes) && bytes > 1e6, `${bytes}`);
});

Deno.test("freeSpace() does not know of a folder that is not there", async () => {
  equal(await freeSpace("/no/such/folder"), undefined);
});
