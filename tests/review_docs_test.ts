/** What docs/review.md shows works as it is written there. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { REVIEW_FORMATS } from "../cli/formats/formats.ts";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

const text = await Deno.readTextFile(new URL("../docs/review.md", import.meta.url));

function blocks(language: string): string[] {
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)]
    .filter((match) => match[1] === language).map((match) => match[2]!);
}

Deno.test("docs/review.md: every command line runs", async () => {
  const lines = blocks("sh").flatMap((block) => block.trimEnd().split("\n"));
  lines.push(/script: (.*)/.exec(blocks("yaml")[0]!)![1]!);
  assert.ok(lines.length >= 9, "the section moved");
  await inFolder({ "src/a.py": "import os\nx = y\n" }, async (cwd) => {
    const PATH = `${dirname(BINARY)}:${Deno.env.get("PATH")}`;
    for (const line of lines) {
      const command = new Deno.Command("bash", {
        args: ["-c", line],
        cwd,
        env: { PATH },
        stdout: "piped",
        stderr: "piped",
      });
      const isWatch = line.includes("--watch");
      const { code, stderr } = isWatch ? await firstRun(command) : await command.output();
      assert.ok(isWatch ? code === 130 : code === 0 || code === 1, `${line}: ${code}`);
      assert.doesNotMatch(new TextDecoder().decode(stderr), /Cannot|unexpected/, line);
    }
    const known = await devmcp(["review", "--baseline", "known.json", "."], { cwd });
    assert.equal(known.code, 0, known.stdout);
  });
});

/** A watch ends only when it is ended. */
async function firstRun(command: Deno.Command): Promise<{ code: number; stderr: Uint8Array }> {
  const child = command.spawn();
  const stdout = new Response(child.stdout).bytes();
  let text = "";
  for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
    const isShown = /Watching .*\n/.test(text);
    text += part;
    if (!isShown && /Watching .*\n/.test(text)) child.kill("SIGINT");
  }
  await stdout;
  return { code: (await child.status).code, stderr: new TextEncoder().encode(text) };
}

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
