import assert from "node:assert/strict";
import fc from "fast-check";
import { watchRepetition } from "./watch_repetition.ts";

/** After how many UTF-16 code units the text counts as endless; undefined when it never does. */
function stoppedAt(text: string, size = 8): number | undefined {
  const repeats = watchRepetition();
  for (let at = 0; at < text.length; at += size) {
    if (repeats(text.slice(at, at + size))) return at;
  }
}

Deno.test("watchRepetition() finds a line, a word and a paragraph over and over", () => {
  const paragraph = "It is true that this goes on. ".repeat(20);
  const lead = "An answer that begins well.\n\n";
  for (const piece of ["I do not know.\n", "very ", "- a\n- b\n- c\n", `${paragraph}x\n\n`]) {
    const at = stoppedAt(lead + piece.repeat(10_000 / piece.length + 10));
    assert.ok(at !== undefined && at < 5_000, piece.slice(0, 20));
  }
});

Deno.test("watchRepetition() lets tables, lists, code and prose be", () => {
  const matrix = `${"0, ".repeat(20)}\n`.repeat(10);
  const table = Array.from({ length: 200 }, (_, row) => `| ${row} | value |\n`).join("");
  const numbers = Array.from({ length: 1_000 }, (_, at) => at).join(", ");
  const rule = `${"=".repeat(100)}\nTitle\n${"=".repeat(100)}\n`;
  for (const text of [matrix, table, numbers, rule, "a", ""]) {
    assert.equal(stoppedAt(text), undefined);
  }
});

Deno.test("watchRepetition() never stops a text in which nothing comes twice", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 300 }), (parts) => {
      const text = parts.map((part, index) => `${index}: ${part}\n`).join("");
      assert.equal(stoppedAt(text), undefined);
    }),
  );
});
