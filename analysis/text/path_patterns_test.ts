import assert from "node:assert/strict";
import { createPathPatterns } from "./path_patterns.ts";

Deno.test("PathPatterns.match() takes names apart from folders", () => {
  const cases: [patterns: string[], path: string, is: boolean][] = [
    [["a.md"], "a.md", true],
    [["a.md"], "b/a.md", false],
    [["*.md"], "a.md", true],
    [["*.md"], "b/a.md", false],
    [["**/*.md"], "a.md", true],
    [["**/*.md"], "b/c/a.md", true],
    [["b/**"], "b/c/a.md", true],
    [["b/**"], "bc/a.md", false],
    [["b/**/d/*"], "b/c/x/d/a.md", true],
    [["b/**/d/*"], "b/d/a.md", true],
    [["b/**/d/*"], "b/d/e/a.md", false],
    [["./b/*.{md,txt}"], "b/a.txt", true],
    [["/b/?.md"], "b/a.md", true],
    [["b/[!a].md"], "b/a.md", false],
    [["b/**", "!b/a.md"], "b/a.md", false],
    [["!b/a.md", "b/**"], "b/a.md", true],
    [["**"], "a", true],
    [[], "a", false],
    [["../x"], "x", false],
  ];
  for (const [patterns, path, is] of cases) {
    const found = createPathPatterns({ root: "/p", cwd: "/p" }, patterns).match(path);
    assert.equal(found, is, `${patterns} ${path}`);
  }
  const above = createPathPatterns({ root: "/p", cwd: "/p/sub" }, ["sub/*.md"]);
  assert.deepEqual(["a.md", "/p/sub/a.md", "../a.md"].map(above.match), [true, true, false]);
});

Deno.test("PathPatterns.match() takes no time to speak of with hostile patterns", () => {
  const pattern = `${"**/a*".repeat(30)}b`, path = "aaaa/".repeat(2000);
  assert.equal(createPathPatterns({}, [pattern]).match(path), false);
});
