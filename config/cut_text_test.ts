import assert from "node:assert/strict";
import fc from "fast-check";
import { cutText } from "./cut_text.ts";

Deno.test("cutText() says how much is missing, and leaves what fits", () => {
  assert.equal(cutText("short", 100), "short");
  const cut = cutText("x".repeat(1_000), 100);
  const [kept, missing] = /^(x+)\n\n\(cut: (\d+) more characters\)$/s.exec(cut)!.slice(1);
  assert.equal(kept!.length + Number(missing), 1_000);
});

Deno.test("cutText() is never longer than it may be, so that a second cut changes nothing", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", size: "large" }), fc.nat(300), (text, room) => {
    const most = 100 + room;
    const cut = cutText(text, most);
    assert.ok(cut.length <= most);
    assert.equal(cutText(cut, most), cut);
    assert.equal(cut.isWellFormed(), text.length > most || text.isWellFormed());
  }));
});
