/** Reviews with `--fix` beside each other, interrupted and killed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";
import { seededRandom } from "./seeded_random.ts";

const ROUNDS = Number(Deno.env.get("DEVMCP_FIX_RACES") ?? 8);
const FIX = ["review", "--fix", "--fail-on", "never"];

/** What two reviews mend in it: each the half that the other one leaves alone. */
const BEFORE = "import os\nimport re\n\n\ndef f(a, b):\n    return not a is b or not b is a\n";
const AFTER = "\n\ndef f(a, b):\n    return a is not b or b is not a\n";
const HALVES = [["--select", "F401"], ["--select", "E714"]];

const filesOf = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.py`, text]));

async function textsIn(cwd: string): Promise<Record<string, string>> {
  const names = await Array.fromAsync(Deno.readDir(cwd), ({ name }) => name);
  const texts = names.map(async (name) => [name, await Deno.readTextFile(join(cwd, name))]);
  return Object.fromEntries(await Promise.all(texts));
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test(`two reviews that fix at once lose nothing of each other, ${ROUNDS} times`, async () => {
  const random = seededRandom(6);
  for (let round = 0; round < ROUNDS; round++) {
    const files = filesOf(1 + random.below(12), BEFORE);
    await inFolder(files, async (cwd) => {
      const runs = await Promise.all(HALVES.map(async (half) => {
        await wait(random.below(60));
        return await devmcp([...FIX, ...half, "."], { cwd });
      }));
      for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
      assert.deepEqual(await textsIn(cwd), filesOf(Object.keys(files).length, AFTER));
    });
  }
});

Deno.test("--fix that is interrupted or killed leaves each file as it was, or mended", async () => {
  const random = seededRandom(7);
  const count = 60;
  for (const signal of ["SIGINT", "SIGTERM", "SIGKILL", "SIGKILL"] as const) {
    await inFolder(filesOf(count, BEFORE), async (cwd) => {
      const args = [...FIX, "."];
      const options = { args, cwd, stdin: "null", stdout: "null", stderr: "piped" } as const;
      const child = new Deno.Command(BINARY, options).spawn();
      const timer = setTimeout(() => child.kill(signal), 250 + random.below(150));
      const { code, stderr } = await child.output();
      clearTimeout(timer);
      assert.doesNotMatch(new TextDecoder().decode(stderr), /\n\s+at |panicked/);
      if (signal === "SIGINT") assert.ok([0, 130].includes(code), `${code}`);
      const left = Object.entries(await textsIn(cwd));
      const files = left.filter(([name]) => name.endsWith(".py"));
      assert.equal(files.length, count);
      for (const [name, text] of files) assert.ok([BEFORE, AFTER].includes(text), name);
      if (signal !== "SIGKILL") assert.equal(left.length, count, "something else is left");
      // What was not done is done by the next one.
      assert.equal((await devmcp(args, { cwd })).code, 0);
      const mended = Object.entries(await textsIn(cwd)).filter(([name]) => name.endsWith(".py"));
      assert.deepEqual(Object.fromEntries(mended), filesOf(count, AFTER));
    });
  }
});
