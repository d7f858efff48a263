import assert from "node:assert/strict";
import { LogFile, type LogFileOptions } from "./log_file.ts";
import { rotateFile } from "./rotate_file.ts";

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "devmcp-log-" });
  try {
    await test(`${folder}/logs/devmcp.log`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function filesBeside(path: string): Promise<string[]> {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  return names.filter((name) => !name.endsWith(".lock")).sort();
}

/** Opens one, writes, closes. */
async function write(texts: string[], options: LogFileOptions): Promise<void> {
  const file = new LogFile(options);
  for (const text of texts) await file.write(text);
  file.close();
}

Deno.test("LogFile makes folder and file, for its owner only, and adds at the end", () =>
  inFolder(async (path) => {
    const options = { path, maxBytes: 1000, files: 2 };
    await write(["a\n"], options);
    await write(["b\n"], options);
    assert.equal(await Deno.readTextFile(path), "a\nb\n");
    if (Deno.build.os !== "windows") assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("LogFile rotates by size and keeps so many", () =>
  inFolder(async (path) => {
    await write(["1111\n", "2222\n", "3333\n", "4444\n"], { path, maxBytes: 6, files: 2 });
    assert.deepEqual(await filesBeside(path), ["devmcp.log", "devmcp.log.1", "devmcp.log.2"]);
    const texts = await Promise.all(
      [path, `${path}.1`, `${path}.2`].map((name) => Deno.readTextFile(name)),
    );
    assert.deepEqual(texts, ["4444\n", "3333\n", "2222\n"]);
  }));

Deno.test("LogFile keeps no rotated file where none is wanted", () =>
  inFolder(async (path) => {
    await write(["1111\n", "2222\n"], { path, maxBytes: 6, files: 0 });
    assert.deepEqual(await filesBeside(path), ["devmcp.log"]);
    assert.equal(await Deno.readTextFile(path), "2222\n");
  }));

Deno.test("LogFile takes a line that is longer than a whole file", () =>
  inFolder(async (path) => {
    await write(["123456789\n", "b\n"], { path, maxBytes: 6, files: 1 });
    assert.equal(await Deno.readTextFile(`${path}.1`), "123456789\n");
  }));

Deno.test("LogFile follows when the file is taken away, or rotated by another one", () =>
  inFolder(async (path) => {
    const file = new LogFile({ path, maxBytes: 1000, files: 1 });
    await file.write("a\n");
    await rotateFile(path, 1);
    await file.write("b\n");
    await Deno.remove(path);
    await file.write("c\n");
    file.close();
    assert.equal(await Deno.readTextFile(`${path}.1`), "a\n");
    assert.equal(await Deno.readTextFile(path), "c\n");
  }));

Deno.test("LogFile loses nothing where several write and rotate at the same time", () =>
  inFolder(async (path) => {
    const options = { path, maxBytes: 2000, files: 100 };
    const lines = (who: number) =>
      Array.from({ length: 200 }, (_, i) => `${who} ${i} ${"x".repeat(20)}\n`);
    await Promise.all([0, 1, 2, 3].map((who) => write(lines(who), options)));
    const names = await filesBeside(path);
    const folder = path.slice(0, path.lastIndexOf("/"));
    const texts = await Promise.all(names.map((name) => Deno.readTextFile(`${folder}/${name}`)));
    const found = texts.join("").trimEnd().split("\n").map((line) => `${line}\n`).sort();
    assert.deepEqual(found, [0, 1, 2, 3].flatMap(lines).sort());
    assert.ok(names.length > 10, names.join(" "));
    for (const text of texts) assert.ok(text.length <= 2000 + 4 * 40, `${text.length}`);
  }));

Deno.test("LogFile.write() throws where the file cannot be written, and works when it can", () =>
  inFolder(async (path) => {
    const file = new LogFile({ path, maxBytes: 1000, files: 1 });
    await Deno.mkdir(path, { recursive: true });
    await assert.rejects(file.write("a\n"));
    await Deno.remove(path);
    await file.write("b\n");
    file.close();
    assert.match(await Deno.readTextFile(path), /^b\n$/);
  }));
