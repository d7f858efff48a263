/** What is reviewed of the languages that have an engine for their syntax only, and of Markdown. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

interface Found {
  rule: string;
  line: number;
  column: number;
}

async function review(cwd: string, ...args: string[]) {
  const run = await devmcp(["review", "--json", ...args], { cwd });
  const { files } = JSON.parse(run.stdout) as { files: { path: string; issues: Found[] }[] };
  const byFile = files.map(({ path, issues }) => [
    path.replace(/^\.\//, ""),
    issues.map(({ rule, line, column }) => `${line}:${column} ${rule}`),
  ]);
  return { ...run, found: Object.fromEntries(byFile) as Record<string, string[]> };
}

Deno.test("review tells the syntax errors of each language, by place", async () => {
  const files = {
    "a.go": 'package a\n\nvar s = "é😀" +* )\n',
    "b.sh": "#!/bin/bash\nif true; then\n:\n",
    "tool": "#!/usr/bin/env bash\necho 'x\n",
    "c.yaml": "a: 1\n---\nb: [1\n",
    "d.yml": "a: 1\nb: 2\na: 3\n",
    "e.toml": "a = 1\na = 2\n",
    "f.sql": "select a)\n",
    "g.md": "# a\n\n[b]()\n",
  };
  await inFolder(files, async (cwd) => {
    const { code, found } = await review(cwd, ".");
    assert.equal(code, 1);
    assert.deepEqual(found["a.go"], ["3:18 syntax-error"]);
    assert.ok(found["b.sh"]!.includes("2:1 syntax-error"), String(found["b.sh"]));
    assert.ok(found.tool!.includes("2:6 syntax-error"), String(found.tool));
    assert.deepEqual(found["c.yaml"], ["4:1 syntax-error"]);
    assert.deepEqual(found["d.yml"], ["3:1 duplicate-key"]);
    assert.deepEqual(found["e.toml"], ["2:1 syntax-error"]);
    assert.deepEqual(found["f.sql"], ["1:9 syntax-error"]);
    assert.deepEqual(found["g.md"], ["3:1 MD042"]);
  });
});

Deno.test("review finds nothing in files that are right, whatever their layout", async () => {
  const files = {
    "a.go": "package a\nfunc  f( ) { }\n",
    "b.sh": "if true\nthen\n  a\nfi\n",
    "c.yaml": "a: &x {b: 1}\nc: !Ref x\nd: *x\n",
    "d.toml": "[a]\nb = 1979-05-27\n",
    "e.sql": "select a::int from b where c->>'d' = 1;\n",
    "f.md": "# a\n\n- b\n",
  };
  await inFolder(files, async (cwd) => {
    const { code, found, stderr } = await review(cwd, ".");
    assert.deepEqual([code, Object.values(found).flat()], [0, []], stderr);
    assert.match(stderr, /6 files|^$/);
  });
});

Deno.test("review honours markdownlint's configuration, and its comments", async () => {
  const text = "# a\n\n- b\n\ntext\n\n* c\n";
  const files = {
    "a.md": text,
    "docs/.markdownlint.yaml": "MD004: false\n",
    "docs/b.md": text,
    "c.md": `<!-- markdownlint-disable MD004 -->\n\n${text}`,
  };
  await inFolder(files, async (cwd) => {
    const { found } = await review(cwd, ".");
    assert.deepEqual(found["a.md"], ["7:1 MD004"]);
    assert.deepEqual([found["docs/b.md"] ?? [], found["c.md"] ?? []], [[], []]);
  });
});
