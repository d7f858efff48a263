import assert from "node:assert/strict";
import fc from "fast-check";
import { createKeyDecoder, type Key, MAX_PASTE } from "./keys.ts";

const encoder = new TextEncoder();

function decodeAll(...chunks: (string | Uint8Array)[]): Key[] {
  const decoder = createKeyDecoder();
  const keys = chunks.flatMap((chunk) =>
    decoder.decode(typeof chunk === "string" ? encoder.encode(chunk) : chunk)
  );
  return [...keys, ...decoder.flush()];
}

/** Names in brackets, text and pastes as they are. */
function written(keys: Key[]): string {
  return keys.map((key) =>
    key.kind === "key" ? `<${key.name}>` : key.kind === "paste" ? `{${key.text}}` : key.text
  ).join("");
}

Deno.test("createKeyDecoder() knows what terminals send", () => {
  const table: [string, string][] = [
    ["hallo", "hallo"],
    ["\x01\x1a\x00", "<ctrl-a><ctrl-z><ctrl-space>"],
    ["\r\n\t\b\x7f\x1f", "<enter><ctrl-j><tab><ctrl-h><backspace><ctrl-_>"],
    ["\x1b", "<escape>"],
    ["\x1b\x1b", "<escape><escape>"],
    ["\x1b[A\x1bOB", "<up><down>"],
    ["\x1b\x1b[D", "<alt-left>"],
    ["\x1b[1;5D\x1b[1;3C\x1b[1;2A", "<ctrl-left><alt-right><shift-up>"],
    ["\x1b[H\x1b[F\x1b[1~\x1b[4~\x1bOH", "<home><end><home><end><home>"],
    ["\x1b[3~\x1b[3;5~\x1b[5~", "<delete><ctrl-delete><page-up>"],
    ["\x1b[Z", "<shift-tab>"],
    ["\x1bb\x1b\x7f\x1b\r", "<alt-b><alt-backspace><alt-enter>"],
    ["\x1b[13;2u\x1b[27;5;13~\x1b[99;5u", "<shift-enter><ctrl-enter><ctrl-c>"],
    ["\x1b[0n\x1b[12;40Rx", "x"],
    ["\x1b]11;rgb:00/00/00\x07x\x1b]10;?\x1b\\y\x1bP>|tmux\x1b\\z", "xyz"],
    ["\x1b[\x1b[201~a", "a"],
    ["\x1bOM\x1b[M", "<enter>"],
    ["\x1bü", "<alt-ü>"],
    ["\x9b\x85a", "a"],
  ];
  for (const [sent, keys] of table) assert.equal(written(decodeAll(sent)), keys);
});

Deno.test("createKeyDecoder() takes what is pasted as text", () => {
  const pasted = "a\x1b[Ab\r\n\x03\x1b[";
  assert.deepEqual(decodeAll(`x\x1b[200~${pasted}\x1b[201~\r`), [
    { kind: "text", text: "x" },
    { kind: "paste", text: pasted },
    { kind: "key", name: "enter" },
  ]);
});

Deno.test("createKeyDecoder() cuts a paste that is too long, and hears what follows", () => {
  const keys = decodeAll("\x1b[200~", "x".repeat(MAX_PASTE), "yyy", "\x1b[201~", "z");
  assert.deepEqual(keys.map((key) => key.kind === "key" ? key.name : key.text.length), [
    MAX_PASTE,
    1,
  ]);
});

Deno.test("createKeyDecoder() waits for the rest of a sequence", () => {
  const decoder = createKeyDecoder();
  assert.deepEqual(decoder.decode(encoder.encode("\x1b[1;")), []);
  assert.ok(decoder.isWaiting);
  assert.equal(written(decoder.decode(encoder.encode("5D"))), "<ctrl-left>");
  assert.ok(!decoder.isWaiting);
});

Deno.test("createKeyDecoder() drops a sequence that never ends", () => {
  const decoder = createKeyDecoder();
  const keys = decoder.decode(encoder.encode(`\x1b[${"1;".repeat(5000)}`));
  assert.ok(!decoder.isWaiting);
  assert.equal(keys.length, 0);
});

const piece = fc.oneof(
  fc.constantFrom("\x1b", "\x1b[", "\x1b[A", "\x1bO", "\x1b[200~", "\x1b[201~", "\x1b]1", "\x07"),
  fc.constantFrom("\r", "\x03", "ä", "語", "👩‍💻", "\x9b", "[", "~", "1;5D", "b"),
  fc.string({ maxLength: 5 }),
);

Deno.test("createKeyDecoder() gives the same wherever the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      (pieces, cuts) => {
        const bytes = encoder.encode(pieces.join(""));
        const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
        const chunks = [...places, bytes.length].map((end, i) =>
          bytes.subarray(places[i - 1], end)
        );
        assert.equal(written(decodeAll(...chunks)), written(decodeAll(bytes)));
      },
    ),
    { numRuns: 2000 },
  );
});

Deno.test("createKeyDecoder() gives controls in pastes only", () => {
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    for (const key of decodeAll(...pieces)) {
      if (key.kind === "text") assert.doesNotMatch(key.text, /\p{Cc}/u);
    }
  }));
});
