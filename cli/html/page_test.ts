import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { markup } from "./markup.ts";
import { renderPage } from "./page.ts";

const PAGE = {
  title: `</title><script>alert(1)</script>`,
  body: markup`<section><h2>${"<b>"}</h2></section>`,
  style: ".a { color: red }",
  script: "export function f() {}\n",
  version: "1.2.3",
};

Deno.test("renderPage() allows its own style and script by their hashes, and nothing else", () => {
  const text = renderPage(PAGE);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!.replaceAll(
    "&#39;",
    "'",
  );
  assert.match(policy, /^default-src 'none'; /);
  for (const element of ["style", "script"]) {
    const [, own] = new RegExp(`<${element}[^>]*>([^]*?)</${element}>`).exec(text)!;
    const hash = createHash("sha256").update(own!).digest("base64");
    assert.ok(policy.includes(`${element}-src 'sha256-${hash}'`), element);
  }
  assert.doesNotMatch(policy, /unsafe/);
});

Deno.test("renderPage() writes a title that is text, and the same page twice", () => {
  const text = renderPage(PAGE);
  assert.equal(text.match(/<script/g)!.length, 1);
  assert.match(text, /<title>&lt;\/title&gt;&lt;script&gt;alert\(1\)/);
  assert.equal(text, renderPage(PAGE));
});

Deno.test("renderPage() takes the exports from scripts, and none that would end its element", () => {
  assert.match(renderPage(PAGE), /\{\nfunction f\(\) \{\}\n\}/);
  assert.throws(() => renderPage({ ...PAGE, script: "'</script>'" }), TypeError);
});
