import { deepEqual, equal, rejects } from "node:assert/strict";
import { inHome } from "./home_fixture.ts";
import { withLock } from "./with_lock.ts";

Deno.test("withLock() lets one in after the other, also after a failure", async () => {
  await inHome({}, async ({ path }) => {
    const events: string[] = [];
    const enter = (name: string) =>
      withLock(`${path}/new/lock`, async () => {
        events.push(name);
        await new Promise((done) => setTimeout(done, 5));
        events.push(name);
        if (name === "a") throw new Error("a");
      });
    const [a, b] = await Promise.allSettled([enter("a"), enter("b")]);
    deepEqual([a.status, b.status], ["rejected", "fulfilled"]);
    deepEqual([events[0] === events[1], events[2] === events[3]], [true, true]);
    equal((await Deno.stat(`${path}/new/lock`)).mode! & 0o777, 0o600);
  });
});

Deno.test("withLock() says why there can be no lock", async () => {
  await inHome({ "file": "" }, async ({ path }) => {
    await rejects(withLock(`${path}/file/lock`, () => Promise.resolve()), {
      name: "ToolError",
      message: /^Cannot lock ".*lock": (a part of the path is not a folder|it is there already)$/,
    });
  });
});

Deno.test("withLock() lets many in at once, one after the other", async () => {
  await inHome({}, async ({ path }) => {
    const lock = `${path}/lock`;
    const enter = () =>
      withLock(lock, () => Deno.writeTextFile(path + "/f", "x", { append: true }));
    await Promise.all(Array.from({ length: 200 }, enter));
    equal((await Deno.readTextFile(`${path}/f`)).length, 200);
  });
});
