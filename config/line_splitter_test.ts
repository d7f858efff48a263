import assert from "node:assert/strict";
import fc from "fast-check";
import { type Line, LineSplitter } from "./line_splitter.ts";

function split(chunks: Uint8Array[], maxBytes = 1000): Line[] {
  const splitter = new LineSplitter(maxBytes);
  return [...chunks.flatMap((chunk) => [...splitter.push(chunk)]), ...splitter.end()];
}

const bytes = (text: string) => new TextEncoder().encode(text);
const texts = (lines: Line[]) => lines.map((line) => "text" in line ? line.text : line.problem);

const table: [string, string[], string[]][] = [
  ["nothing", [], []],
  ["an empty chunk", [""], []],
  ["one line", ["a\n"], ["a"]],
  ["lines in one chunk", ["a\nb\n"], ["a", "b"]],
  ["a line in many chunks", ["a", "b", "c\n"], ["abc"]],
  ["a last line without an end", ["a\nb"], ["a", "b"]],
  ["CRLF, which JSON skips", ["a\r\n"], ["a\r"]],
  ["blank lines, which it leaves out", ["\n\na\n\n"], ["a"]],
];

for (const [what, chunks, expected] of table) {
  Deno.test(`LineSplitter gives ${what}`, () => {
    assert.deepEqual(texts(split(chunks.map(bytes))), expected);
  });
}

Deno.test("LineSplitter gives the same lines however the bytes are cut", () => {
  const line = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) =>
    !text.includes("\n") && !text.startsWith("\ufeff")
  );
  fc.assert(fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, size) => {
    const all = bytes(lines.map((one) => `${one}\n`).join(""));
    const chunks = Array.from(
      { length: Math.ceil(all.length / size) },
      (_, i) => all.subarray(i * size, (i + 1) * size),
    );
    assert.deepEqual(texts(split(chunks, 10_000)), lines);
  }));
});

Deno.test("LineSplitter tells of a line that is too long once, and goes on with the next", () => {
  const lines = split([bytes("12345"), bytes("67890"), bytes("12345\nok\n")], 8);
  assert.deepEqual(texts(lines), ["too long", "ok"]);
});

Deno.test("LineSplitter takes a line of exactly the limit", () => {
  assert.deepEqual(texts(split([bytes("1234"), bytes("5678\n")], 8)), ["12345678"]);
});

Deno.test("LineSplitter tells of bytes that are not UTF-8, and goes on with the next line", () => {
  const lines = split([new Uint8Array([0x22, 0xff, 0x22, 0x0a]), bytes("ok\n")]);
  assert.deepEqual(texts(lines), ["not UTF-8", "ok"]);
});
