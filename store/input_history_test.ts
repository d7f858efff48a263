import assert from "node:assert/strict";
import fc from "fast-check";
import { openInputHistory } from "./input_history.ts";

async function withHistory(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/state/history.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("openInputHistory() keeps entries for later chats, those of many lines whole", () =>
  withHistory(async (path) => {
    const history = openInputHistory(path);
    assert.deepEqual(history.entries(), []);
    for (const text of ["one", 'def f():\n    return "ü\u2028"\n', "three"]) {
      await history.add(text);
    }
    assert.deepEqual(history.entries(), openInputHistory(path).entries());
    assert.deepEqual(history.entries()[1], 'def f():\n    return "ü\u2028"\n');
    if (Deno.build.os === "windows") return;
    assert.equal((await Deno.stat(path)).mode! & 0o777, 0o600);
  }));

Deno.test("openInputHistory() gives back any text", () =>
  withHistory(async (path) => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 50 })
      .filter((text) => text.trim() !== "" && !text.startsWith(" "));
    await fc.assert(
      fc.asyncProperty(text, async (text) => {
        await openInputHistory(path).add(text);
        assert.equal(openInputHistory(path).entries().at(-1), text);
      }),
      { numRuns: 50 },
    );
  }));

Deno.test("openInputHistory() leaves out secrets, blanks, repetitions and files", () =>
  withHistory(async (path) => {
    const history = openInputHistory(path);
    for (const text of ["a", "a", " secret", "  ", "", "x".repeat(20_000), "b", "a"]) {
      await history.add(text);
    }
    assert.deepEqual(openInputHistory(path).entries(), ["a", "b", "a"]);
    assert.deepEqual(history.entries(), ["a", "b", "a"]);
    assert.equal((await Deno.readTextFile(path)).includes("secret"), false);
  }));

Deno.test("openInputHistory() skips broken lines, and goes on after one that was cut", () =>
  withHistory(async (path) => {
    await openInputHistory(path).add("a");
    await Deno.writeTextFile(path, '"a"\n{"x":1}\n\x00\n[\n"b"\n"cut of', { append: true });
    assert.deepEqual(openInputHistory(path).entries(), ["a", "a", "b"]);
    await openInputHistory(path).add("c");
    assert.deepEqual(openInputHistory(path).entries(), ["a", "a", "b", "c"]);
  }));

Deno.test("openInputHistory() loses nothing of chats at the same time", () =>
  withHistory(async (path) => {
    const chats = [openInputHistory(path), openInputHistory(path)];
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => chats[i % 2]!.add(`entry ${i}`)),
    );
    assert.equal(openInputHistory(path).entries().length, 40);
  }));

Deno.test("openInputHistory() keeps the last 2,000", () =>
  withHistory(async (path) => {
    await openInputHistory(path).add("first");
    const lines = Array.from({ length: 2_250 }, (_, i) => `"${i}"\n`).join("");
    await Deno.writeTextFile(path, lines);
    const history = openInputHistory(path);
    assert.deepEqual([history.entries().length, history.entries()[0]], [2_000, "250"]);
    await history.add("last");
    assert.equal((await Deno.readTextFile(path)).split("\n").length, 2_001);
    assert.deepEqual(openInputHistory(path).entries(), history.entries());
  }));

Deno.test("openInputHistory() says why it cannot keep an entry, and has it all the same", () =>
  withHistory(async (path) => {
    await Deno.mkdir(path, { recursive: true });
    const history = openInputHistory(path);
    await assert.rejects(history.add("a"), { name: "ToolError" });
    assert.deepEqual(history.entries(), ["a"]);
  }));
