/** The page of `devmcp review --format html`, as people see and use it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Issue, Severity } from "../../analysis/issue.ts";
import type { ReviewSummary } from "../../cli/review_summary.ts";
import { devmcp, inFolder } from "../devmcp.ts";
import { inBrowser } from "./browser.ts";
import { obstaclesOf, violationsOf } from "./readable.ts";

const TREE = {
  "src/app.py":
    `import os, re\n\n\ndef f(a, b=[]):\n    """Do."""\n    if a == None:\n        return c\n    return b\n`,
  "src/long name.py": `import sys\nx = "${"y".repeat(400)}"  \nassert (x, 1)\n`,
  "src/broken.py": "x = (1\n",
  "web/app.js": "var a = 1;\nif (a == 2) { debugger; }\nexport { a };\n",
  "web/site.css": "a { color: red; color: blue; }\n.x { }\n",
  "docs/a.md": "# A\n\n\n* b\n",
  "quiet.py": '"""Nothing."""\n\nimport os  # devmcp: ignore[F401] kept\n',
};

interface FoundFile {
  path: string;
  issues: Issue[];
  counts: Record<Severity, number>;
  overall_score: number;
}

interface Report {
  html: string;
  files: FoundFile[];
  summary: ReviewSummary;
  /** All of them, with their files. */
  issues: (Issue & { path: string })[];
}

/** The page, and what JSON tells of the same run. */
async function withReport(
  tree: Record<string, string>,
  use: (report: Report) => Promise<void>,
  args: string[] = ["."],
): Promise<void> {
  await inFolder(tree, async (cwd) => {
    const formats = ["--format", "html=r.html", "--format", "json"];
    const { stdout, stderr, code } = await devmcp(["review", ...formats, ...args], { cwd });
    assert.ok(code < 2, stderr);
    const { files, summary } = JSON.parse(stdout) as Report;
    const issues = files.flatMap(({ path, issues }) => issues.map((issue) => ({ path, ...issue })));
    await use({ html: join(cwd, "r.html"), files, summary, issues });
  });
}

/** Texts of all elements that are not hidden, though they may not be laid out yet. */
function textsOf(page: Page, selector: string): Promise<string[]> {
  return page.locator(`${selector} >> visible=true`).allTextContents();
}

const numberOf = (text: string | undefined) => Number(text?.replaceAll(",", "") || 0);

/** What a column of a table shows, from the top. */
async function columnOf(page: Page, table: string, column: number): Promise<string[]> {
  return (await textsOf(page, `${table} tbody td:nth-child(${column + 1})`)).map((text) =>
    text.trim()
  );
}

Deno.test("the page tells what JSON tells, and complains of nothing", async () => {
  await withReport(TREE, async ({ html, files, summary, issues }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      const figures = await page.locator(".figures dd").allInnerTexts();
      assert.deepEqual(figures.map((text) => text.split("\n")[0]), [
        `${summary.overall_score}`,
        `${issues.length}`,
        `${issues.filter(({ fix }) => fix?.safe).length}`,
        `${summary.lines}`,
      ]);
      const legend = await textsOf(page, ".legend li");
      assert.deepEqual(
        legend,
        Object.entries(summary.issues).map(([severity, count]) => `${severity} ${count}`),
      );
      const articles = await page.locator("article").evaluateAll((all) =>
        all.map((one) => one as unknown as { dataset: Record<string, string> })
          .map(({ dataset: { severity, category, rule } }) => [severity, category, rule])
      );
      const expected = issues.map(({ severity, category, rule }) => [severity, category, rule]);
      assert.deepEqual(articles, expected);
      assert.deepEqual(
        await textsOf(page, "details h3"),
        files.filter((file) => file.issues.length > 0).map(({ path }) => path),
      );
      const bars = (await page.locator(".bars li").allInnerTexts()).map((text) => text.split("\n"));
      const security = issues.filter(({ category }) => category === "style").length;
      assert.equal(numberOf(bars.find(([name]) => name === "style")?.[1]), security);
      const python = issues.filter(({ path }) => path.endsWith(".py")).length;
      assert.equal(numberOf(bars.find(([name]) => name === "Python 4 files")?.[1]), python);
      const places = await textsOf(page, ".about .place");
      assert.deepEqual(places, issues.map(({ line, column }) => `${line}:${column}`));
      assert.match((await textsOf(page, "#overview .notes")).join(), /1 finding silenced by/);
    });
  });
});

Deno.test("tables sort and filter as they say", async () => {
  await withReport(TREE, async ({ html, files, issues }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      const found = files.filter((file) => file.issues.length > 0);
      const byNumber = (numbers: number[]) => [...numbers].sort((a, b) => b - a);
      const numeric: [title: string, column: number, values: number[]][] = [
        ["Findings", 1, found.map((file) => file.issues.length)],
        ["Critical", 2, found.map(({ counts }) => counts.critical)],
        ["Score", 7, found.map((file) => file.overall_score)],
      ];
      for (const [title, column, values] of numeric) {
        const heading = page.locator("#files").getByRole("button", { name: title });
        await heading.click();
        const down = (await columnOf(page, "#files", column)).map(numberOf);
        assert.deepEqual(down, byNumber(values), title);
        await heading.click();
        assert.deepEqual((await columnOf(page, "#files", column)).map(numberOf), down.reverse());
        assert.equal(await page.locator("#files [aria-sort=ascending]").innerText(), title);
      }
      await page.locator("#files").getByRole("button", { name: "File" }).click();
      const names = found.map(({ path }) => path).sort();
      assert.deepEqual(await columnOf(page, "#files", 0), names);
      await page.locator("#files-filter").fill("WEB app");
      assert.deepEqual(await columnOf(page, "#files", 0), ["web/app.js"]);
      await page.locator("#files-filter").fill("");
      await page.locator("#files select").selectOption("CSS");
      assert.deepEqual(await columnOf(page, "#files", 0), ["web/site.css"]);

      const rules = new Map<string, number>();
      for (const { rule } of issues) rules.set(rule, (rules.get(rule) ?? 0) + 1);
      const told = await columnOf(page, "#rules", 0);
      const counts = (await columnOf(page, "#rules", 1)).map(numberOf);
      assert.deepEqual(new Map(told.map((rule, i) => [rule, counts[i]])), rules);
      assert.deepEqual(counts, byNumber(counts));
      await page.locator("#rules").getByRole("button", { name: "Severity" }).click();
      assert.equal((await columnOf(page, "#rules", 3))[0], "critical");
      await page.locator("#rules").getByRole("button", { name: "Rule" }).click();
      assert.deepEqual(
        await columnOf(page, "#rules", 0),
        [...rules.keys()].sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1),
      );
      // A rule's number shows its findings.
      await page.locator("#rules td a[data-show=F401]").click();
      assert.equal(await page.locator("article:visible").count(), rules.get("F401"));
    });
  });
});

Deno.test("filters show what they say, alone and together", async () => {
  await withReport(TREE, async ({ html, issues }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      const shown = () => page.locator("article:visible").count();
      const findings = page.locator("#findings");
      const of = (is: (issue: Issue & { path: string }) => boolean) => issues.filter(is).length;
      const button = (name: string) => findings.getByRole("button", { name, exact: true });
      for (const severity of ["critical", "minor", "info"]) {
        await button(severity).click();
        assert.equal(await shown(), of((issue) => issue.severity === severity), severity);
        assert.equal(await button(severity).getAttribute("aria-pressed"), "true");
      }
      await button("all").click();
      for (const key of ["category", "rule"] as const) {
        const select = findings.locator(`select[data-key=${key}]`);
        for (const value of new Set(issues.map((issue) => issue[key]))) {
          await select.selectOption(value);
          assert.equal(await shown(), of((issue) => issue[key] === value), value);
        }
        await select.selectOption("");
      }
      await findings.locator("select[data-key=language]").selectOption("JavaScript");
      const inScript = of(({ path }) => path.endsWith(".js"));
      assert.equal(await shown(), inScript);
      assert.deepEqual(await textsOf(page, "details h3"), ["web/app.js"]);
      assert.equal(await findings.locator("output").innerText(), `${inScript} of ${issues.length}`);
      await findings.locator("select[data-key=language]").selectOption("");
      const field = page.locator("#findings-filter");
      await field.fill("LONG name.py sys");
      assert.deepEqual(await textsOf(page, "details h3"), ["src/long name.py"]);
      await field.fill("no such text");
      assert.deepEqual([await shown(), await page.locator(".none").isVisible()], [0, true]);
      // A link leads to its finding, though it is hidden.
      const id = await page.locator("article").last().getAttribute("id");
      await page.evaluate(`location.hash = "${id}"`);
      await page.locator(`article[id="${id}"]`).waitFor();
      assert.equal(await shown(), issues.length);
    });
  });
});

Deno.test("a link shows its finding, and the keyboard is enough", async () => {
  await withReport(TREE, async ({ html, issues }) => {
    await inBrowser(async (open) => {
      const first = await open(html, { height: 500 });
      const ids = await first.locator("article").evaluateAll((all) => all.map(({ id }) => id));
      assert.equal(new Set(ids).size, issues.length);
      const page = await open(`${html}#${ids.at(-1)}`, { height: 500 });
      const target = page.locator(`article[id="${ids.at(-1)}"]`);
      assert.ok(await target.evaluate(isInSight), "the finding is not in sight");
      const focused = () => page.evaluate<string>("document.activeElement.id");
      await page.locator("#findings").focus();
      for (const id of ids.slice(0, 3)) {
        await page.keyboard.press("j");
        assert.equal(await focused(), id);
        assert.ok(await page.locator(`article[id="${id}"]`).evaluate(isInSight));
      }
      await page.keyboard.press("k");
      assert.equal(await focused(), ids[1]);
      // Everything that can be clicked can be reached and pressed.
      await page.locator("#findings-filter").focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const critical = issues.filter(({ severity }) => severity === "critical").length;
      assert.equal(await page.locator("article:visible").count(), critical);
      await page.locator("#files th button").first().focus();
      await page.keyboard.press("Space");
      assert.equal(await page.locator("#files [aria-sort=ascending]").innerText(), "File");
      await page.locator("details:not([hidden]) summary").first().focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.locator("details:not([open])").count(), 1);
    });
  });
});

/** Runs in the page. */
function isInSight(element: unknown): boolean {
  const { getBoundingClientRect } = element as { getBoundingClientRect(): Record<string, number> };
  const { top = 0, bottom = 0 } = getBoundingClientRect.call(element);
  return bottom > 0 && top >= 0 &&
    top < (globalThis as unknown as { innerHeight: number }).innerHeight;
}

Deno.test("the page can be read at every width, in both themes, and without scripts", async () => {
  await withReport(TREE, async ({ html, issues }) => {
    await inBrowser(async (open) => {
      for (const theme of ["light", "dark"] as const) {
        const page = await open(html, { theme });
        for (const width of [400, 800, 1600]) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await obstaclesOf(page), [], `${width} ${theme}`);
        }
        assert.deepEqual(await violationsOf(page), [], theme);
      }
      const plain = await open(html, { javaScript: false, width: 400 });
      assert.equal(await plain.locator("article:visible").count(), issues.length);
      assert.equal(await plain.locator("input:visible, select:visible, button:visible").count(), 0);
      assert.deepEqual(await obstaclesOf(plain), []);
      await plain.emulateMedia({ media: "print" });
      assert.equal(await plain.locator("article:visible").count(), issues.length);
      const themed = await open(html, { theme: "dark" });
      await themed.getByRole("button", { name: "Light" }).click();
      assert.deepEqual(await obstaclesOf(themed), []);
    });
  });
});

/** Its message holds the name that is missing. */
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror=alert(1)> \\u202e ' &`;

Deno.test("nothing hostile gets through: names, messages and source", async () => {
  const source = `__all__ = ["\\x1b[31m${HOSTILE}"]\n# ${HOSTILE} \u202e\x1b[2J\nimport os\n`;
  const tree = {
    [`<img src=x onerror=alert(1)>"'&.py`]: source,
    "\u202e\x1b[2J<b>.py": source,
    "javascript:alert(1).py": source,
    "a.css": `a { colr: red }\n/* ${HOSTILE} */\n`,
  };
  await withReport(tree, async ({ html, files, issues }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      assert.equal(await page.locator("article").count(), issues.length);
      assert.ok(issues.some(({ message }) => message.includes("</script>")), "no such message");
      assert.equal(await page.locator("img, iframe, object, embed").count(), 0);
      assert.equal(await page.locator("script").count(), 1);
      assert.equal(await page.locator("main b:text-is('b')").count(), 0);
      const links = await page.locator("a").evaluateAll((all) =>
        all.map((one) => one.getAttribute("href") ?? "")
      );
      assert.deepEqual(links.filter((link) => !/^(#|https:\/\/)/.test(link)), []);
      const names = await textsOf(page, "details h3");
      assert.ok(names.includes("\\u{202e}\\x1b[2J<b>.py"), `${names}`);
      assert.equal(names.length, files.filter(({ issues }) => issues.length > 0).length);
      const text = await page.evaluate<string>("document.documentElement.textContent");
      // deno-lint-ignore no-control-regex
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    });
  });
});

Deno.test("a page of many findings opens, and holds the worst of them", async () => {
  const many = Number(Deno.env.get("DEVMCP_FINDINGS") ?? 12_000);
  const tree = Object.fromEntries(
    Array.from({ length: many / 1000 }, (_, n) => [`${n}.py`, "import os\n".repeat(1000)]),
  );
  await withReport({ ...tree, "z.py": "x = y\n" }, async ({ html, summary }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      const shown = await page.locator("article").count();
      assert.ok(shown > 1000 && shown <= 5000, `${shown}`);
      assert.ok(await page.locator("article[data-rule=F821]").isVisible(), "the worst is there");
      const [, left] = /Not shown: ([\d,]+) findings/.exec(
        await page.locator("#findings .more").innerText(),
      )!;
      const all = Object.values(summary.issues).reduce((sum, count) => sum + count);
      assert.ok(all > many, `${all}`);
      assert.equal(shown + numberOf(left), all);
      await page.locator("#findings-filter").fill("z.py");
      assert.equal(await page.locator("article:visible").count(), 1);
    });
  }, ["--select", "F", "."]);
});

Deno.test("pages of nothing and of a single file", async () => {
  await withReport({ "ok.py": '"""Nothing to tell."""\n' }, async ({ html }) => {
    await inBrowser(async (open) => {
      const page = await open(html, { width: 400 });
      assert.deepEqual(await textsOf(page, "main h2"), ["Overview", "No findings"]);
      assert.deepEqual([await obstaclesOf(page), await violationsOf(page)], [[], []]);
    });
  });
  await withReport(TREE, async ({ html }) => {
    await inBrowser(async (open) => {
      const page = await open(html);
      assert.equal(await page.locator("h1").innerText(), "Review of src/app.py");
      assert.ok((await textsOf(page, "main h2")).includes("To improve"));
      assert.equal(await page.locator("#files").count(), 0);
    });
  }, ["src/app.py"]);
});
