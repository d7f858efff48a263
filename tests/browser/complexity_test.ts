/** The page of `devmcp complexity --html`, as people see and use it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { devmcp, inFolder } from "../devmcp.ts";
import { inBrowser } from "./browser.ts";
import { obstaclesOf, violationsOf } from "./readable.ts";

const EVIL = "</script><img src=x onerror=alert(1)>";

/** A function with as many decisions, and one. */
function pythonOf(name: string, decisions: number): string {
  const ifs = Array.from(
    { length: decisions },
    (_, i) => `    if a == ${i}:\n        return ${i}\n`,
  );
  return `def ${name}(a):\n${ifs.join("")}    return a\n`;
}

const TREE: Record<string, string> = {
  "src/deep/worst.py": `${pythonOf("worst", 45)}\n\n${pythonOf("fair", 12)}`,
  "src/deep/other.py": pythonOf("other", 3),
  "src/names.py": `${pythonOf("café", 7)}\n# ${EVIL} \u202e\n`,
  [`src/${EVIL.replaceAll("/", "")}.js`]: `function evil(a) { return a ? "${EVIL}" : 0; }\n`,
  "src/bidi\u202egnp.go": "package a\n\nfunc F() {\n\tfor {\n\t}\n}\n",
  "data.py": "X = 1\n".repeat(40),
  "lib/a.ts": "export const f = (a: number) => a && 1;\n".repeat(30),
};

async function withPage(use: (html: string) => Promise<void>): Promise<void> {
  await inFolder(TREE, async (cwd) => {
    const run = await devmcp(["complexity", "--html", "r.html", "--max", "40"], { cwd });
    assert.deepEqual([run.code, run.stdout], [1, ""]);
    assert.match(run.stderr, /^Measured \d+ functions in 7 files: [^]*\nwrote r\.html\n$/);
    await use(join(cwd, "r.html"));
  });
}

/** What a column of a table shows, from the top. */
async function column(page: Page, table: string, index: number): Promise<string[]> {
  const cells = page.locator(`${table} tbody tr >> visible=true`).locator(`td:nth-child(${index})`);
  return (await cells.allInnerTexts()).map((text) => text.replace(/^▲\s*/, "").trim());
}

Deno.test("the page of complexity can be read at 400 and at 1,600 px, light and dark", async () => {
  await withPage(async (html) => {
    await inBrowser(async (open) => {
      for (const width of [400, 1600]) {
        for (const theme of ["light", "dark"] as const) {
          const page = await open(html, { width, theme });
          for (const details of await page.locator("details").all()) {
            await details.evaluate((element) => element.setAttribute("open", ""));
          }
          assert.deepEqual(await obstaclesOf(page), [], `${width} ${theme}`);
          if (theme === "light") assert.deepEqual(await violationsOf(page), [], `${width}`);
          // No label is cut off.
          const cut = await page.locator(".cell .label").evaluateAll((labels) =>
            labels.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)
          );
          assert.deepEqual(cut, []);
        }
      }
    });
  });
});

Deno.test("the tables of complexity sort by number and name, and filter by text and language", async () => {
  await withPage(async (html) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      const table = "#functions-table";
      const numbers = async () => (await column(page, table, 3)).map(Number);
      const worst = await numbers();
      assert.deepEqual(worst.slice(0, 3), [46, 13, 8]);
      const heading = page.locator(`${table} th`, { hasText: "Cyclomatic" });
      await heading.locator("button").click();
      assert.equal(await heading.getAttribute("aria-sort"), "ascending");
      assert.deepEqual(await numbers(), worst.toReversed());
      await page.locator(`${table} th`, { hasText: "Function" }).locator("button").focus();
      await page.keyboard.press("Enter");
      const names = await column(page, table, 1);
      assert.deepEqual(
        names,
        [...names].sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1),
      );
      await page.locator(`${table} input`).fill("DEEP worst");
      assert.deepEqual(await column(page, table, 1), ["fair", "worst"]);
      await page.locator(`${table} input`).fill("");
      await page.locator(`${table} select`).selectOption("Go");
      assert.deepEqual(await column(page, table, 8), ["src/bidi\\u{202e}gnp.go"]);
      assert.match(await page.locator(`${table} output`).innerText(), /^1 of \d+$/);
    });
  });
});

Deno.test("the map of complexity is for mouse, keyboard and touch, and laid anew for its width", async () => {
  await withPage(async (html) => {
    await inBrowser(async (open) => {
      const page = await open(html, { width: 1000 });
      const map = page.locator(".map");
      const cell = (path: string) => map.locator(`[aria-label^="${path}"]`);
      const worst = cell("src/deep/worst.py");
      assert.match((await worst.getAttribute("aria-label"))!, /lines 120, .*worst complexity 46/);
      assert.match((await worst.getAttribute("class"))!, /\br6\b/);
      await worst.hover();
      assert.match(await page.locator(".tip").innerText(), /src\/deep\/worst\.py[^]*46/);
      await worst.click();
      assert.equal(await page.locator(".crumbs [aria-current]").innerText(), "src");
      assert.equal(await cell("data.py").count(), 0);
      await page.locator(".crumbs button").click();
      assert.equal(await cell("data.py").count(), 1);
      // One stop for Tab; arrows inside.
      assert.equal(await map.locator("[tabindex='0']").count(), 1);
      await map.locator("[tabindex='0']").focus();
      const first = await page.evaluate("document.activeElement.dataset.index");
      await page.keyboard.press("ArrowRight");
      assert.notEqual(await page.evaluate("document.activeElement.dataset.index"), first);
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      assert.equal(await page.locator(".crumbs li").count(), 2);
      await page.keyboard.press("Backspace");
      assert.equal(await page.locator(".crumbs li").count(), 1);
      const wide = await map.boundingBox();
      await page.setViewportSize({ width: 400, height: 800 });
      await page.waitForFunction(
        "document.querySelector('.map').offsetHeight > document.querySelector('.map').offsetWidth",
      );
      const narrow = await map.boundingBox();
      assert.ok(wide!.width > wide!.height && narrow!.width < 400);
    });
  });
});

Deno.test("the page of complexity shows names and source as text, with its decisions, also without JavaScript", async () => {
  await withPage(async (html) => {
    await inBrowser(async (open) => {
      for (const javaScript of [true, false]) {
        const page = await open(html, { javaScript });
        assert.equal(await page.locator("img, iframe, object").count(), 0);
        const text = await page.locator("body").innerText();
        assert.ok(text.includes(EVIL.replaceAll("/", "")));
        assert.ok(!text.includes("\u202e"));
        assert.equal(await page.locator("#functions-table tbody tr").count(), 36);
        const hits = page.locator("#worst details").first().locator(".hit");
        assert.equal(await hits.count(), 45);
        assert.equal(await hits.first().getAttribute("data-d"), "+1");
      }
      const page = await open(html);
      await page.locator("#functions-table a", { hasText: "fair" }).click();
      assert.ok(await page.locator("#worst-2 .source").isVisible());
      await page.getByRole("button", { name: "Dark" }).click();
      const ground = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      assert.match(ground, /rgb\(15, 18, 22\)/);
    });
  });
});
