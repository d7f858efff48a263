import assert from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../config/tool_error.ts";
import { decodeSource, encodeSource, looksBinary } from "./source.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert(error instanceof ToolError, `not a ToolError: ${error}`);
    assert(error.hint, "no hint");
    return error.message;
  }
  throw new assert.AssertionError({ message: "did not throw" });
}

const READABLE: [what: string, bytes: Uint8Array, expected: Record<string, unknown>][] = [
  ["an empty file", bytesOf(""), { text: "", bom: false, encoding: "utf-8" }],
  ["UTF-8", bytesOf("é = '→'\n"), { text: "é = '→'\n", encoding: "utf-8" }],
  ["a byte order mark", bytesOf("\uFEFFx = 1\n"), { text: "x = 1\n", bom: true }],
  ["only a byte order mark", bytesOf("\uFEFF"), { text: "", bom: true }],
  ["a second byte order mark", bytesOf("\uFEFF\uFEFFx"), { text: "\uFEFFx", bom: true }],
  ["a mark with a UTF-8 cookie", bytesOf("\uFEFF# coding: utf8\n"), {
    bom: true,
    encoding: "utf-8",
  }],
  ["CRLF", bytesOf("a\r\nb\r\n"), { text: "a\r\nb\r\n" }],
  ["CR", bytesOf("a\rb"), { text: "a\rb" }],
  ["CR beside CRLF", bytesOf("a\r\r\nb"), { text: "a\r\r\nb" }],
  ["latin-1", latin("# -*- coding: latin-1 -*-\n'\xe9\x80'"), {
    text: "# -*- coding: latin-1 -*-\n'\xe9\x80'",
    encoding: "latin-1",
  }],
  [
    "a cookie for vim on line 2",
    latin("#!/bin/python\n# vim: set fileencoding=ISO-8859-1 :\n\xff"),
    {
      encoding: "latin-1",
    },
  ],
  ["a cookie on line 2 after an empty line", latin(" \t\r\n# coding=l1\r\n\xff"), {
    encoding: "latin-1",
  }],
  ["iso-8859-15", latin("# coding: iso-8859-15\n\xa4"), {
    text: "# coding: iso-8859-15\n€",
    encoding: "iso-8859-15",
  }],
  ["the name of iso-8859-15 in Python", latin("# coding: iso8859_15\n\xa4"), {
    encoding: "iso-8859-15",
  }],
  ["cp1252", latin("# coding: cp1252\n\x80"), { text: "# coding: cp1252\n€" }],
  ["KOI8-R", latin("# coding: koi8_r\n\xc1"), { text: "# coding: koi8_r\nа" }],
  ["EUC-JP", latin("# coding: euc_jp\n\xa4\xa2"), { text: "# coding: euc_jp\nあ" }],
  ["ASCII", latin("# coding: ascii\nx"), { encoding: "ascii" }],
  ["a cookie after code", bytesOf("x = 1\n# coding: klingon\n"), { encoding: "utf-8" }],
  ["a cookie on line 3", bytesOf("#\n#\n# coding: klingon\n"), { encoding: "utf-8" }],
  ["coding in a string", bytesOf("'coding: klingon'\n"), { encoding: "utf-8" }],
];

Deno.test("decodeSource() reads", async (t) => {
  for (const [what, bytes, expected] of READABLE) {
    await t.step(what, () => {
      const source = decodeSource(bytes, "x.py");
      assert.deepEqual({ ...source, ...expected, bytes }, source);
    });
  }
});

const UNREADABLE: [what: string, bytes: Uint8Array, message: RegExp][] = [
  ["binary data", latin("\x7fELF\x02\0\0\x01\0"), /"x.py": binary data \(NUL at byte 5\)$/],
  ["nothing but NULs", new Uint8Array(64), /binary data \(NUL at byte 0\)/],
  ["one late NUL", latin("x = 1\n\0"), /binary data \(NUL at byte 6\)/],
  ["UTF-16 with a mark", latin("\xff\xfex\0"), /it is UTF-16, not UTF-8/],
  ["big-endian UTF-16 with a mark", latin("\xfe\xff\0x"), /UTF-16/],
  ["UTF-16 without a mark", latin("x\0=\x001\0\n\0"), /UTF-16/],
  ["big-endian UTF-16 without a mark", latin("\0x\0=\x001\0\n"), /UTF-16/],
  ["UTF-32 with a mark", latin("\xff\xfe\0\0x\0\0\0"), /UTF-32/],
  ["UTF-32 without a mark", latin("x\0\0\0=\0\0\0"), /UTF-32/],
  ["invalid UTF-8", latin("a\nb\r\n\xe9 = 1\n"), /invalid UTF-8 at byte 5, line 3$/],
  ["invalid UTF-8 after a mark", latin("\xef\xbb\xbfab\xff"), /at byte 5, line 1/],
  ["a sequence cut off at the end", latin("ab\n\xe2\x82"), /at byte 3, line 2/],
  ["a cut replacement character", latin("ab\n\xef\xbf"), /at byte 3, line 2/],
  ["a broken replacement character", latin("\xef\xbf\xbd\xef\xbfA"), /at byte 3, line 1/],
  ["a stray continuation byte", latin("\xc3\xa9\x80"), /at byte 2, line 1/],
  ["a surrogate in UTF-8", latin("a\xed\xa0\x80"), /at byte 1, line 1/],
  ["an unknown encoding", latin("# coding: klingon\n"), /unknown encoding "klingon"$/],
  [
    "an encoding called as a method is",
    latin("# coding: constructor\n"),
    /encoding "constructor"$/,
  ],
  ["a text transform of Python", latin("# coding: rot13\n"), /unknown encoding "rot13"/],
  ["a UTF-16 cookie", latin("# coding: utf-16\n"), /unknown encoding "utf-16"/],
  [
    "another cookie under a mark",
    latin("\xef\xbb\xbf# coding: latin-1\n"),
    /byte order mark UTF-8/,
  ],
  ["ASCII that is none", latin("# coding: ascii\n\xe9"), /invalid ASCII at byte 16, line 2/],
  ["broken EUC-JP", latin("# coding: euc-jp\n\xff\xff"), /invalid EUC-JP$/],
];

Deno.test("decodeSource() refuses", async (t) => {
  for (const [what, bytes, message] of UNREADABLE) {
    await t.step(what, () => assert.match(messageOf(() => decodeSource(bytes, "x.py")), message));
  }
});

Deno.test("decodeSource() knows no encoding that is a name of Object.prototype", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    const message = messageOf(() => decodeSource(latin(`# coding: ${name}\n`), "x.py"));
    assert.equal(message, `Cannot read "x.py": unknown encoding ${JSON.stringify(name)}`);
  }
});

Deno.test("encodeSource() is the inverse of decodeSource()", () => {
  const cookies = ["", "# coding: utf-8\n", "# coding: latin-1\n", "# coding: iso-8859-15\n"];
  const texts = fc.array(
    fc.constantFrom("x", "é", "→", "😀", "\n", "\r\n", "\r", "\t", " ", "\uFEFF"),
  );
  fc.assert(fc.property(fc.constantFrom(...cookies), fc.boolean(), texts, (cookie, bom, parts) => {
    const text = cookie + parts.join("");
    const wide = cookie === "" || cookie.includes("utf-8");
    const bytes = wide
      ? bytesOf((bom ? "\uFEFF" : "") + text)
      : latin(text.replace(/[^\0-\xff]/gu, "é"));
    assert.deepEqual(encodeSource(...both(decodeSource(bytes, "x.py"))), bytes);
  }));
});

function both<T extends { text: string }>(source: T): [string, T] {
  return [source.text, source];
}

Deno.test("encodeSource() keeps every byte of one-byte encodings", () => {
  const all = Array.from({ length: 255 }, (_, index) => String.fromCharCode(index + 1)).join("");
  for (const encoding of ["latin-1", "cp1252", "iso8859-15", "koi8-r", "cp866", "mac-roman"]) {
    const bytes = latin(`# coding: ${encoding}\n${all}`);
    assert.deepEqual(encodeSource(...both(decodeSource(bytes, "x.py"))), bytes, encoding);
  }
});

Deno.test("decodeSource() gives text or a ToolError for any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        const source = decodeSource(bytes, "x.py");
        assert.deepEqual(encodeSource(...both(source)), bytes);
      } catch (error) {
        assert(error instanceof ToolError, `${error}`);
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("encodeSource() refuses a character that the encoding does not have", () => {
  const cases: [string, string, RegExp][] = [
    ["latin-1", "a\nb = '→'", /^Cannot write U\+2192 on line 2: latin-1 does not have it$/],
    ["ascii", "é", /U\+00E9 on line 1: ascii/],
    ["iso-8859-15", "¤", /U\+00A4 on line 1/],
    ["cp1252", "😀", /U\+1F600/],
    ["euc-jp", "あ", /^Cannot write EUC-JP: it can only be read$/],
    ["shift_jis", "x = 1\nあ", /^Cannot write SHIFT-JIS: it can only be read$/],
    ["utf-8", "a\ud800", /U\+D800 on line 1: utf-8/],
  ];
  for (const [cookie, text, message] of cases) {
    const like = decodeSource(latin(`# coding: ${cookie}\n`), "x.py");
    assert.match(messageOf(() => encodeSource(text, like)), message);
  }
});

Deno.test("looksBinary() tells data from text in another encoding", () => {
  assert.equal(looksBinary(latin("\x7fELF\x02\0")), true);
  assert.equal(looksBinary(latin("x = 1")), false);
  assert.equal(looksBinary(latin("\xff\xfex\0")), false);
  assert.equal(looksBinary(latin("x\0=\x001\0")), false);
});
