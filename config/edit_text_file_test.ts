import assert from "node:assert/strict";
import { readBackups, readTextFile, replaceWithBackup } from "./edit_text_file.ts";
import { inHome } from "./home_fixture.ts";
import { ToolError } from "./tool_error.ts";

const OWN = { followLinks: true };

Deno.test("replaceWithBackup() keeps what was there, and older backups", async () => {
  await inHome({ "a.json": "one" }, async ({ path, read }) => {
    const file = `${path}/a.json`;
    await Deno.chmod(file, 0o600);
    const replace = (text: string) => replaceWithBackup(readTextFile(file, OWN), text);
    assert.equal(await replace("two"), `${file}.bak`);
    assert.equal(await replace("one"), `${file}.bak2`);
    assert.equal(await replace("three"), `${file}.bak`, "the same serves again");
    assert.deepEqual([await read("a.json"), ...readBackups(file)], ["three", "two", "one"]);
    for (const name of [file, `${file}.bak`]) {
      assert.equal((await Deno.stat(name)).mode! & 0o777, 0o600);
    }
  });
});

Deno.test("replaceWithBackup() keeps the first backup and the last two", async () => {
  await inHome({ "a.json": "0" }, async ({ path }) => {
    const file = `${path}/a.json`;
    for (let n = 1; n <= 6; n++) await replaceWithBackup(readTextFile(file, OWN), `${n}`);
    assert.deepEqual(readBackups(file), ["5", "4", "0"]);
    const names = await Array.fromAsync(Deno.readDir(path), ({ name }) => name);
    assert.equal(names.filter((name) => /bak/.test(name)).length, 3);
  });
});

Deno.test("replaceWithBackup() makes a file, in folders that are made too", async () => {
  await inHome({}, async ({ path, read }) => {
    const file = readTextFile(`${path}/x/y.json`, OWN);
    assert.equal(file.text, "");
    assert.equal(await replaceWithBackup(file, "{}\n"), undefined);
    assert.equal(await read("x/y.json"), "{}\n");
  });
});

Deno.test("replaceWithBackup() keeps the byte order mark, and follows the user's links", async () => {
  await inHome({ "real.json": "\ufeff{}" }, async ({ path }) => {
    await Deno.symlink("real.json", `${path}/link.json`);
    const file = readTextFile(`${path}/link.json`, OWN);
    assert.equal(file.text, "{}");
    await replaceWithBackup(file, "[]");
    assert.equal((await Deno.lstat(`${path}/link.json`)).isSymlink, true);
    assert.deepEqual([...await Deno.readFile(`${path}/real.json`)], [0xef, 0xbb, 0xbf, 91, 93]);
    assert.throws(() => readTextFile(`${path}/link.json`, { followLinks: false }), ToolError);
  });
});

Deno.test("replaceWithBackup() writes over nothing that has changed meanwhile", async () => {
  await inHome({ "a.json": "one" }, async ({ path, write, read }) => {
    const file = readTextFile(`${path}/a.json`, OWN);
    await write("a.json", "theirs");
    await assert.rejects(replaceWithBackup(file, "two"), /it has just changed/);
    assert.equal(await read("a.json"), "theirs");
  });
});

Deno.test("readTextFile() refuses what is no text", async () => {
  await inHome({ "a.json": "" }, async ({ path, write }) => {
    await write("a.json", Uint8Array.of(0x80));
    assert.throws(() => readTextFile(`${path}/a.json`, OWN), /not UTF-8/);
    await Deno.mkdir(`${path}/b.json`);
    assert.throws(() => readTextFile(`${path}/b.json`, OWN), /is a folder/);
  });
});
