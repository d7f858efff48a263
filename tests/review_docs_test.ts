/** What docs/review.md shows works as it is written there. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { REVIEW_FORMATS } from "../cli/formats/formats.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { blocksOf, runLine } from "./documented.ts";

const text = await Deno.readTextFile(new URL("../docs/review.md", import.meta.url));

const blocks = (language: string) => blocksOf(text, language);

Deno.test("docs/review.md: every command line runs", async () => {
  const lines = blocks("sh").flatMap((block) => block.trimEnd().split("\n"));
  lines.push(/script: (.*)/.exec(blocks("yaml")[0]!)![1]!);
  assert.ok(lines.length >= 9, "the section moved");
  await inFolder({ "src/a.py": "import os\nx = y\n" }, async (cwd) => {
    for (const line of lines) {
      const { code, stderr } = await runLine(line, cwd);
      assert.ok(code === 0 || code === 1, `${line}: ${code}`);
      assert.doesNotMatch(stderr, /Cannot|unexpected/, line);
    }
    const known = await devmcp(["review", "--baseline", "known.json", "."], { cwd });
    assert.equal(known.code, 0, known.stdout);
  });
});

Deno.test("docs/review.md: the ignores silence what they say", async () => {
  const [example = ""] = blocks("python");
  await inFolder({ "a.py": `import subprocess\n${example}` }, async (cwd) => {
    const args = ["review", "--select", "F401,S", "--json", "a.py"];
    const { files, summary } = JSON.parse((await devmcp(args, { cwd })).stdout);
    assert.deepEqual(files[0].issues, []);
    assert.ok(summary.suppressed.comment >= 3, JSON.stringify(summary));
    const bare = example.replaceAll("devmcp:", "");
    await Deno.writeTextFile(join(cwd, "a.py"), `import subprocess\n${bare}`);
    assert.ok(JSON.parse((await devmcp(args, { cwd })).stdout).files[0].issues.length >= 3);
  });
});

Deno.test("docs/review.md names every format", () => {
  for (const format of REVIEW_FORMATS) assert.match(text, new RegExp(`^\\| \`${format}\` `, "m"));
});
