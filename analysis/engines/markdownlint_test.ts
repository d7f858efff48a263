import assert from "node:assert/strict";
import * as fc from "fast-check";
import { applyEdits } from "../fixes/fixes.ts";
import { createMarkdownlint } from "./markdownlint.ts";

const markdown = createMarkdownlint({ name: "markdownlint", version: "1" });

async function lint(text: string, config?: string, path = ".markdownlint.json") {
  const source = { path: "a.md", language: "markdown" as const, text };
  return await markdown.lint(
    source,
    config === undefined ? {} : { config: { path, text: config } },
  );
}

const rulesOf = async (...of: Parameters<typeof lint>) =>
  (await lint(...of)).map(({ rule }) => rule);

Deno.test("Markdownlint.lint() tells what markdownlint finds, with places", async () => {
  assert.deepEqual(await lint("# Title\n\nText.\n"), []);
  const [issue] = await lint("# Title\n\n[é😀]()\n");
  assert.deepEqual(issue, {
    severity: "major",
    category: "correctness",
    message: "No empty links",
    rule: "MD042",
    line: 3,
    column: 1,
    end: { line: 3, column: 8 },
  });
});

Deno.test("Markdownlint.lint() offers fixes that mend what was found", async () => {
  for (
    const [text, mended, isSafe] of [
      ["# a\n\n\n\ntext\n", "# a\n\ntext\n", true],
      ["# a\n\ntext", "# a\n\ntext\n", true],
      ["# a\r\n\r\ntext\r\n\r\n\r\n\r\nmore", "# a\r\n\r\ntext\r\n\r\nmore\r\n", true],
      ["# a\n\ntext\n\n\n", "# a\n\ntext\n", true],
      ["# a\ntext\n", "# a\n\ntext\n", false],
      ["#a\n", "# a\n", false],
      ["# a\n\n* b\n\n[c]: d\n", "# a\n\n* b\n", false],
    ] as const
  ) {
    let at: string = text;
    for (let round = 0; round < 5; round++) {
      const fixes = (await lint(at)).flatMap(({ fix }) => fix ?? []);
      const [first] = fixes;
      if (round === 0) assert.equal(first?.safe, isSafe, text);
      if (first) at = applyEdits(at, first.edits);
    }
    assert.equal(at.replace(/\n\n$/, "\n"), mended);
    assert.deepEqual((await lint(at)).filter(({ fix }) => fix), []);
  }
});

Deno.test("Markdownlint.lint() honours its configuration, in each form, and comments", async () => {
  const text = "# a\n\n- b\n\ntext\n\n* c\n";
  assert.deepEqual(await rulesOf(text), ["MD004"]);
  const off = [
    ['{"MD004": false}', ".markdownlint.json"],
    ['{"ul-style": false, // why\n}', ".markdownlint.jsonc"],
    ["ul-style: false\n", ".markdownlint.yaml"],
    ["default: false\n", ".markdownlint.yml"],
    ['{"config": {"MD004": false}, "globs": ["x"]}', ".markdownlint-cli2.jsonc"],
    ["config:\n  MD004: false\n", "docs/.markdownlint-cli2.yaml"],
  ] as const;
  for (const [config, path] of off) assert.deepEqual(await rulesOf(text, config, path), [], path);
  assert.deepEqual(await rulesOf(`<!-- markdownlint-disable MD004 -->\n\n${text}`), []);
  assert.deepEqual(
    await rulesOf(`${text}\n<!-- markdownlint-configure-file {"MD004": false} -->\n`),
    [],
  );
});

Deno.test("Markdownlint.lint() names a broken configuration, and what is wrong in it", async () => {
  for (
    const [config, reason, path] of [
      ["{", "CloseBraceExpected in line 1"],
      ["[]", "it is not an object"],
      ["a: [", "Flow sequence in block collection must be sufficiently", ".markdownlint.yaml"],
      ['{"config": 1}', "`config` is not an object", ".markdownlint-cli2.jsonc"],
      ['{"extends": "../x.json"}', 'it extends "../x.json", which is not there'],
      ['{"extends": "pkg"}', 'it extends "pkg", which is not there'],
      ['{"extends": 1}', "`extends` is not a text"],
      ['{"MD051": {"ignored_pattern": "(a+)+$"}}', "`ignored_pattern` is not a plain text"],
      ['{"MD043": {"headings": ["%# (a+)+$"]}}', "`headings` has a pattern that is not"],
      ['{"MD036": {"punctuation": "z-a"}}', "Invalid regular expression"],
    ] as const
  ) {
    const refused = (error: Error) =>
      error.name === "ToolError" &&
      error.message.startsWith(
        `Cannot use ${JSON.stringify(path ?? ".markdownlint.json")}: ${reason}`,
      );
    await assert.rejects(lint("# a\n\n**b**\n", config, path), refused, config);
  }
});

Deno.test("Markdownlint.lint() heeds each form of its comments", async () => {
  const bad = "*a *\n";
  const forms: [text: string, lines: number[]][] = [
    [`<!-- markdownlint-disable -->\n\n${bad}\n<!-- markdownlint-enable -->\n\n${bad}`, [7]],
    [`<!-- markdownlint-disable MD037 -->\n\n${bad}`, []],
    [`<!-- markdownlint-disable no-space-in-emphasis MD001 -->\n\n${bad}`, []],
    [`*a * <!-- markdownlint-disable-line MD037 -->\n\n${bad}`, [3]],
    [`<!-- markdownlint-disable-next-line -->\n*a *\n\n${bad}`, [4]],
    [`${bad}\n<!-- markdownlint-disable-file MD037 -->\n`, []],
    [`<!-- markdownlint-disable-file -->\n<!-- markdownlint-enable-file MD037 -->\n\n${bad}`, [4]],
    [
      "<!-- markdownlint-capture -->\n<!-- markdownlint-disable -->\n\n" +
      `${bad}\n<!-- markdownlint-restore -->\n\n${bad}`,
      [8],
    ],
    [`<!-- markdownlint-configure-file {"MD037": false} -->\n\n${bad}`, []],
  ];
  for (const [text, lines] of forms) {
    const config = '{"MD041": false}';
    const found = (await lint(text, config)).filter(({ rule }) => rule === "MD037");
    assert.deepEqual(found.map(({ line }) => line), lines, text);
    const heedless = `{"config": ${config}, "noInlineConfig": true}`;
    const all = await rulesOf(text, heedless, ".markdownlint-cli2.jsonc");
    assert.ok(all.includes("MD037"), text);
  }
});

Deno.test("Markdownlint.lint() turns on what is asked for and left off, with its options", async () => {
  const text = `# a\n\n${"b ".repeat(30)}\n`;
  const cases: [config: string, turnOn: string[], expected: string[]][] = [
    ['{"default": false}', [], []],
    ['{"default": false}', ["MD009"], ["MD009"]],
    ['{"whitespace": false}', ["MD009"], ["MD009"]],
    ['{"no-trailing-spaces": false, "MD013": {"line_length": 20}}', ["MD009"], ["MD009", "MD013"]],
    ['{"MD013": {"line_length": 20}, "MD009": false}', ["MD013"], ["MD013"]],
    ['{"line-length": {"line_length": 20, "enabled": false}}', ["MD013"], ["MD009", "MD013"]],
  ];
  for (const [json, turnOn, expected] of cases) {
    const config = { path: ".markdownlint.json", text: json };
    const found = await markdown.lint({ path: "a.md", language: "markdown", text }, {
      config,
      turnOn,
    });
    assert.deepEqual(found.map(({ rule }) => rule), expected, `${json} ${turnOn}`);
  }
});

Deno.test("Markdownlint.lint() passes over front matter, whose title counts", async () => {
  assert.deepEqual(await rulesOf("---\ntitle: a *b *\n---\n\n## c\n"), []);
  assert.deepEqual(await rulesOf("+++\nname = 1\n+++\n\n# c\n"), []);
  assert.deepEqual(await rulesOf("---\ntitle: a\n---\n\n# c\n"), ["MD025"]);
});

Deno.test("Markdownlint.lint() takes no costly pattern from a comment", async () => {
  const pattern = '{"MD051": {"ignored_pattern": "(a+)+$"}}';
  const text = `# a\n\n<!-- markdownlint-configure-file ${pattern} -->\n\n[b](#${
    "a".repeat(40)
  }!)\n`;
  assert.deepEqual(await rulesOf(text), ["MD051"]);
});

Deno.test("Markdownlint.lint() is done with hostile files soon", async () => {
  for (
    const text of [
      ":::a\n".repeat(10_000),
      "<!--".repeat(10_000),
      "[a]".repeat(30_000),
      "*a ".repeat(99_000),
      "> ".repeat(100_000),
      "<div>".repeat(30_000),
      "`a ".repeat(30_000),
      "a@b.c ".repeat(30_000),
      "a\n=\n".repeat(10_000),
    ]
  ) {
    assert.match((await lint(text))[0]!.message, /^This file has too many/);
  }
  assert.match((await lint("a".repeat(1024 * 1024 + 1)))[0]!.message, /larger than 1 MiB/);
});

Deno.test("Markdownlint.lint() takes any text, and tells places inside it", async () => {
  const part = fc.constantFrom(
    "#",
    " a",
    "\n",
    "- ",
    "> ",
    "|",
    "*",
    "_",
    "`",
    "[b]",
    "(c)",
    "<d>",
    "    ",
    "\t",
    "1. ",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part), async (parts) => {
      const text = parts.join(""), lines = text.split("\n");
      for (const { line, column, fix } of await lint(text)) {
        assert.ok(line >= 1 && line <= lines.length && column >= 1);
        assert.ok(column <= lines[line - 1]!.length + 1, `column ${column} of line ${line}`);
        for (const { start, end } of fix?.edits ?? []) {
          assert.ok(start.line <= end.line && end.line <= lines.length);
        }
      }
    }),
    { numRuns: 100 },
  );
});
