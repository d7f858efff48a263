import assert from "node:assert/strict";
import fc from "fast-check";
import { breakablePath, dataElement, markup, visible } from "./markup.ts";

Deno.test("markup`` writes text, lists and HTML; nothing for what is not there", () => {
  const inner = markup`<b>${1}</b>`;
  assert.equal(
    `${markup`<p class="${'"a"'}">${[inner, "<", undefined, false, null]}</p>`}`,
    `<p class="&quot;a&quot;"><b>1</b>&lt;</p>`,
  );
});

Deno.test("markup`` lets no text out of its place", () => {
  const piece = fc.constantFrom("<", ">", '"', "'", "&", "</script>", "<!--", "\0", "\u202e", "a");
  fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join("")), (text) => {
    const [, attribute, content] = /^<p title="([^"<>]*)">([^<>]*)<\/p>$/.exec(
      `${markup`<p title="${text}">${text}</p>`}`,
    )!;
    assert.equal(attribute, content);
    assert.doesNotMatch(content!, /[\0\u202e"']/);
  }));
});

Deno.test("markup`` refuses places that escaping does not make safe", () => {
  assert.throws(() => markup`<p class=${"a onclick=b"}>`, TypeError);
  assert.throws(() => markup`<a href="${"javascript:alert(1)"}">`, TypeError);
  assert.throws(() => markup`<a href="${"//elsewhere"}">`, TypeError);
  assert.equal(`${markup`<a href="${"#top"}">`}`, `<a href="#top">`);
});

Deno.test("visible() shows what is hidden, and leaves emoji and other scripts", () => {
  const cases = [
    ["a\u202eb", "a\\u{202e}b"],
    ["a\x1b[2J\r", "a\\x1b[2J\\r"],
    ["a\u200bb\ufeff", "a\\u{200b}b\\u{feff}"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\ud800", "\\u{d800}"],
    ["❤️ 👩‍💻 कर्\u200dय é 中\t\n", "❤️ 👩‍💻 कर्\u200dय é 中\t\n"],
  ];
  for (const [text, shown] of cases) assert.equal(visible(text!), shown);
});

Deno.test("dataElement() ends no element, and reads as what it was", () => {
  const value = { a: ["</script><!--", "&lt;", "\u2028"] };
  const text = `${dataElement("d", value)}`;
  const [, json] = /^<script type="application\/json" id="d">([^<]*)<\/script>$/.exec(text)!;
  assert.deepEqual(JSON.parse(json!), value);
});

Deno.test("breakablePath() may be broken after each slash", () => {
  assert.equal(`${breakablePath("/a/<b>//c.go")}`, "/<wbr>a/<wbr>&lt;b&gt;//<wbr>c.go");
});
