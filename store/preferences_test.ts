import assert from "node:assert/strict";
import { openPreferences, type Preferences } from "./preferences.ts";

async function withPreferences(
  test: (open: () => Preferences, path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/state/preferences.json`;
  try {
    await test(() => openPreferences(path), path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const textsOf = (preferences: Preferences) => preferences.list().map(({ text }) => text);

Deno.test("openPreferences() keeps what is added, each once, on one line", () =>
  withPreferences(async (open, path) => {
    assert.deepEqual(open().list(), []);
    const added = await open().add("always use\ntype hints\x1b");
    assert.equal(added?.text, "always use type hints");
    assert.equal(await open().add("Always use type hints."), undefined);
    const said = ["ALWAYS use\ntype hints!", "always use hints", "never use type hints", ""];
    assert.deepEqual(said.map(open().has), [true, false, false, false]);
    await open().add("I prefer pytest");
    await open().add("x".repeat(1_000));
    assert.ok(open().has("x".repeat(1_000)));
    assert.deepEqual(textsOf(open()).map(({ length }) => length), [21, 15, 300]);
    await assert.rejects(open().add(" \n"), { message: /: it says nothing$/ });
    if (Deno.build.os === "windows") return;
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("openPreferences() lets the opposite take the place of what was said before", () =>
  withPreferences(async (open) => {
    for (const text of ["never use print", "I prefer pytest", "always use print"]) {
      await open().add(text);
    }
    assert.deepEqual(textsOf(open()), ["I prefer pytest", "always use print"]);
  }));

Deno.test("openPreferences() removes one by its number or its text, and all", () =>
  withPreferences(async (open) => {
    for (const text of ["one", "two", "three", "4"]) await open().add(text);
    assert.equal((await open().remove("2")).text, "two");
    assert.equal((await open().remove("ONE")).text, "one");
    assert.equal((await open().remove("4")).text, "4");
    for (const which of ["0", "2", "two", "", "-1"]) {
      await assert.rejects(open().remove(which), { message: /: there is none$/ }, which);
    }
    assert.deepEqual([await open().clear(), open().list()], [1, []]);
  }));

Deno.test("openPreferences() keeps no more than 100, and says so", () =>
  withPreferences(async (open) => {
    for (let i = 0; i < 100; i++) await open().add(`number ${i}`);
    await assert.rejects(open().add("more"), {
      name: "ToolError",
      message: 'Cannot keep the preference "more": there are 100',
    });
    assert.equal(open().list().length, 100);
  }));

Deno.test("openPreferences() has none in a broken file", () =>
  withPreferences(async (open, path) => {
    await open().add("a");
    for (const broken of ["{", '{"version":1,"preferences":[{"text":1}]}', "[]"]) {
      await Deno.writeTextFile(path, broken);
      assert.deepEqual(open().list(), []);
    }
  }));
