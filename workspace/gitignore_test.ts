import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseGitignore } from "./gitignore.ts";

const CASES: [rules: string, path: string, expected: string | undefined][] = [
  ["*.py", "a.py", "ignored"],
  ["*.py", "deep/down/a.py", "ignored"],
  ["*.py", "a.pyc", undefined],
  ["/a.py", "a.py", "ignored"],
  ["/a.py", "b/a.py", undefined],
  ["b/a.py", "c/b/a.py", undefined],
  ["**/b/a.py", "c/b/a.py", "ignored"],
  ["**/b/a.py", "b/a.py", "ignored"],
  ["a/**/b", "a/b", "ignored"],
  ["a/**/b", "a/x/y/b", "ignored"],
  ["a/**", "a", undefined],
  ["a/**", "a/x/y", "ignored"],
  ["**/a/**", "a/b", "ignored"],
  ["**/a/**", "x/a", undefined],
  ["**", "a/b", "ignored"],
  ["*\n!keep.py", "keep.py", "included"],
  ["!keep.py\n*", "keep.py", "ignored"],
  ["build/", "build", undefined],
  ["build/", "build/", "ignored"],
  ["# a.py", "# a.py", undefined],
  ["\\#a.py", "#a.py", "ignored"],
  ["\\!a.py", "!a.py", "ignored"],
  ["a.py   ", "a.py", "ignored"],
  ["a.py\\ ", "a.py ", "ignored"],
  ["a.py\r\nb.py\r\n", "a.py", "ignored"],
  ["[ab].py", "b.py", "ignored"],
  ["[!ab].py", "b.py", undefined],
  ["[^a-c].py", "d.py", "ignored"],
  ["[]x].py", "].py", "ignored"],
  ["[[:digit:]x].py", "7.py", "ignored"],
  ["[[:digit:]].py", "x.py", undefined],
  ["[a", "[a", undefined],
  ["a\\", "a\\", undefined],
  ["\\*.py", "*.py", "ignored"],
  ["\\*.py", "a.py", undefined],
  ["?.py", "a.py", "ignored"],
  ["a?b", "a/b", undefined],
  ["a*b", "a/b", undefined],
  ["", "a", undefined],
  ["/", "a", undefined],
  ["!", "a", undefined],
];

Deno.test("parseGitignore() reads rules as git does", () => {
  for (const [rules, path, expected] of CASES) {
    const isFolder = path.endsWith("/");
    const found = parseGitignore(rules)?.test(path.replace(/\/$/, ""), isFolder);
    assert.equal(found, expected, `${JSON.stringify(rules)} on ${JSON.stringify(path)}`);
  }
});

Deno.test("parseGitignore() knows no class that is a name of Object.prototype", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    assert.equal(parseGitignore(`[[:${name}:]]*`)?.test("abc", false), undefined, name);
  }
});

Deno.test("parseGitignore() needs no time for patterns made to hang a matcher", () => {
  const started = performance.now();
  const rules = parseGitignore(
    `${"a*".repeat(100)}b\n${"**/a/".repeat(500)}b\n${"[".repeat(5000)}\n${"[:".repeat(2000)}\n${
      "[[:".repeat(9e4)
    }`,
  );
  assert.equal(rules?.test("a".repeat(255), false), undefined);
  assert.equal(rules?.test("a/".repeat(2000) + "a", false), undefined);
  assert(performance.now() - started < 2000);
});

/** `a**` is one star by git's manual; git 2.39 does otherwise with `a**\/b`. */
const GLUED_STARS = /[^/!]\*\*|\*\*[^/]/;

/** Asks git itself which of `paths`, none of which exists, the rules name. */
async function askGit(folder: string, rules: string, paths: string[]): Promise<string[]> {
  await writeFile(join(folder, ".gitignore"), rules);
  const git = new Deno.Command("git", {
    args: ["check-ignore", "--no-index", "-v", "-z", "--stdin"],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = git.stdin.getWriter();
  await writer.write(new TextEncoder().encode(paths.join("\0") + "\0"));
  await writer.close();
  const fields = new TextDecoder().decode((await git.output()).stdout).split("\0");
  return paths.filter((path) => {
    const at = fields.findIndex((field, index) => index % 4 === 3 && field === path);
    return at > 0 && !fields[at - 1]?.startsWith("!");
  });
}

const hasGit = await new Deno.Command("git", { args: ["--version"] }).output().then(
  () => true,
  () => false,
);

Deno.test({
  name: "parseGitignore() agrees with git on random rules",
  ignore: !hasGit,
  async fn() {
    const folder = await mkdtemp(join(tmpdir(), "devmcp-gitignore-"));
    await new Deno.Command("git", { args: ["init", "-q", folder] }).output();
    const paths = [
      "a",
      "b",
      "ab",
      "ba",
      "abb",
      "a.b",
      "a/b",
      "b/a",
      "a/a/b",
      "a/b/a",
      "b/ab/a",
      "]",
    ];
    const piece = fc.constantFrom(
      "a",
      "b",
      "*",
      "**",
      "?",
      "/",
      "/",
      "[ab]",
      "[!a]",
      "[]a]",
      ".",
      "\\a",
      "!",
    );
    const line = fc.array(piece, { minLength: 1, maxLength: 6 })
      .map((pieces) => pieces.join("")).filter((line) => !GLUED_STARS.test(line));
    const rules = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join("\n"));
    try {
      await fc.assert(
        fc.asyncProperty(rules, async (text) => {
          const ours = paths.filter((path) => isIgnored(text, path));
          assert.deepEqual(ours, await askGit(folder, text, paths), JSON.stringify(text));
        }),
        { numRuns: 300 },
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

/** As a walk asks: the folders on the way first. */
function isIgnored(text: string, path: string): boolean {
  const rules = parseGitignore(text);
  const parts = path.split("/");
  return parts.some((_, index) =>
    rules?.test(parts.slice(0, index + 1).join("/"), index < parts.length - 1) === "ignored"
  );
}
