/** A tree of files of four languages; `DEVMCP_MANY_FILES=100000` makes it as large as wished. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { BINARY, inFolder } from "./devmcp.ts";
import { sampleProcess } from "./process_sample.ts";

const FILES = Number(Deno.env.get("DEVMCP_MANY_FILES") ?? 2000);
const IN_A_FOLDER = 100;
/** Workers with three engines take some 400 MB, whatever the number of files. */
const MOST_MB = 1200;

const TEXTS: [ending: string, text: string][] = [
  [".py", "x = 1\n"],
  [".js", "export default 1;\n"],
  [".json", "{}\n"],
  [".go", "package a\n"],
];

async function makeFiles(folder: string): Promise<void> {
  for (let n = 0; n < FILES; n++) {
    const inside = join(folder, `d${Math.floor(n / IN_A_FOLDER)}`);
    if (n % IN_A_FOLDER === 0) await Deno.mkdir(inside);
    const [ending, text] = TEXTS[n % TEXTS.length]!;
    await Deno.writeTextFile(join(inside, `a${n % IN_A_FOLDER}${ending}`), text);
  }
}

Deno.test(`review goes through ${FILES} files in bounded memory`, async () => {
  await inFolder({}, async (cwd) => {
    await makeFiles(cwd);
    const args = ["review", "--format", "jsonl", "--fail-on", "critical", "."];
    const child = new Deno.Command(BINARY, { args, cwd, stdout: "null", stderr: "piped" }).spawn();
    let highest = 0;
    const timer = setInterval(async () => {
      const sample = await sampleProcess(child.pid).catch(() => undefined);
      highest = Math.max(highest, sample?.rss ?? 0);
    }, 200);
    try {
      const { code, stderr } = await child.output();
      assert.equal(code, 0);
      const told = new TextDecoder().decode(stderr);
      assert.match(told.replaceAll(",", ""), new RegExp(`^Reviewed ${FILES} files|^$`));
      assert.ok(highest < MOST_MB, `${highest} MB`);
    } finally {
      clearInterval(timer);
    }
  });
});
