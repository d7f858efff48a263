import assert from "node:assert/strict";
import fc from "fast-check";
import { readName } from "./git_name.ts";

Deno.test("readName() gives names as they are, and shows what is no UTF-8", () => {
  const table: [number[], string, boolean][] = [
    [[0x61, 0x2e, 0x70, 0x79], "a.py", true],
    [[0xc3, 0xbc, 0x0a, 0x22], 'ü\n"', true],
    [[0xef, 0xbb, 0xbf, 0x61], "\ufeffa", true],
    [[0xe9, 0x2e, 0x70, 0x79], "\\xe9.py", false],
    [[0xc3, 0xbc, 0xc3, 0x61, 0xf0, 0x9f, 0x98, 0x80, 0xff], "ü\\xc3a😀\\xff", false],
    [[0xc3], "\\xc3", false],
  ];
  for (const [bytes, text, isText] of table) {
    assert.deepEqual(readName(new Uint8Array(bytes)), { text, isText });
  }
});

Deno.test("readName() ends for any bytes, and tells by them whether they are text", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    const { text, isText } = readName(bytes);
    if (isText) assert.deepEqual(new TextEncoder().encode(text), new Uint8Array(bytes));
    else assert.match(text, /\\x[89a-f][0-9a-f]/);
  }));
});
