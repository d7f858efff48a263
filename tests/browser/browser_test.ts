/** What the tests of reports go by can tell a bad page from a good one. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { inFolder } from "../devmcp.ts";
import { inBrowser } from "./browser.ts";
import { obstaclesOf, violationsOf } from "./readable.ts";

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title>` +
  `<link rel="icon" href="data:,"><main><h1>x</h1>${body}</main>`;

Deno.test("inBrowser() fails for a page that complains or asks for more", async () => {
  const bad = page(`<img src="https://example.org/x.png">`);
  const loud = page("<script>console.log('x'); throw new Error('y')</script>");
  await inFolder({ "bad.html": bad, "loud.html": loud }, async (folder) => {
    const seen = inBrowser(async (open) => {
      for (const name of ["bad.html", "loud.html"]) await open(join(folder, name));
    });
    await assert.rejects(seen, /request: https:[^]*console: x[^]*thrown: Error: y/);
  });
});

Deno.test("obstaclesOf() and violationsOf() tell what cannot be read", async () => {
  const bad = page(`<p style="width: 2000px; font-size: 11px; color: #999">wide</p><img src="">
    <div style="background: #223; color: oklch(0.4 0 0)">dark</div>`);
  await inFolder({ "bad.html": bad, "good.html": page("<p>text") }, async (folder) => {
    await inBrowser(async (open) => {
      const found = await obstaclesOf(await open(join(folder, "bad.html"), { width: 400 }));
      const wanted = [/^wider than 400: 20\d\d P/, /11 px: wide/, /2\.85: wide/, /1\.\d+: dark/];
      for (const one of wanted) assert.ok(found.some((text) => one.test(text)), `${one} ${found}`);
      const violations = await violationsOf(await open(join(folder, "bad.html")));
      assert.deepEqual(violations.map((text) => text.split(":")[0]).sort(), [
        "color-contrast",
        "image-alt",
      ]);
      const good = await open(join(folder, "good.html"), { theme: "dark", javaScript: false });
      assert.deepEqual(await obstaclesOf(good), []);
    });
  });
});
