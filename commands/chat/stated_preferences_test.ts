import assert from "node:assert/strict";
import { withFolder } from "../../workspace/testing_folder.ts";
import { readPreferences } from "./stated_preferences.ts";

function inState(
  test: (
    read: (message: string, save?: boolean) => ReturnType<typeof readPreferences>,
  ) => Promise<void>,
): Promise<void> {
  return withFolder({}, async (folder) => {
    const env = (name: string) => name === "XDG_STATE_HOME" ? folder : undefined;
    await test((message, save = true) => readPreferences(message, { env, save }));
  });
}

Deno.test("readPreferences() holds what is stated at once, and keeps it when told to", async () => {
  await inState(async (read) => {
    const stated = await read("Always use type hints. Now write a parser");
    assert.deepEqual(stated.all, ["Always use type hints"]);
    assert.deepEqual((await read("hello")).all, []);
    assert.deepEqual(await stated.keep(), [
      'Remembered: "Always use type hints"; to forget it: ' +
      'devmcp preferences remove "Always use type hints"',
    ]);
    const again = await read("always use type hints");
    assert.deepEqual(again.all, ["Always use type hints"]);
    assert.deepEqual(await again.keep(), []);
    assert.deepEqual((await read("hello")).all, ["Always use type hints"]);
  });
});

Deno.test("readPreferences() holds once what differs in case and punctuation only", async () => {
  await inState(async (read) => {
    await (await read("Always use tabs, and type hints")).keep();
    const { all } = await read("always use tabs and type hints");
    assert.deepEqual(all, ["Always use tabs, and type hints"]);
  });
});

Deno.test("readPreferences() keeps nothing where nothing may be kept", async () => {
  await inState(async (read) => {
    const stated = await read("Always use tabs", false);
    assert.deepEqual([stated.all, await stated.keep()], [["Always use tabs"], []]);
    assert.deepEqual((await read("hello")).all, []);
  });
});
