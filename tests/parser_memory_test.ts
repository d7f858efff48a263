/** A text for which a grammar wants more memory than there is. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

/** The grammar of Java tries all that this may be. */
const ENDLESS = "a=>".repeat(30_000);

function well(count: number): Record<string, string> {
  const text = "class A { void m() { if (a) {} } }\n";
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n + 10}.java`, text]));
}

/** More files than these go to workers; fewer are done in the main thread, which cannot be replaced. */
const CASES: [what: string, count: number, hostile: string][] = [
  ["in a worker", 20, "15x.java"],
  ["in the main thread", 3, "10x.java"],
];

for (const [where, count, hostile] of CASES) {
  Deno.test(`a text that fills the parser's memory ${where} fails alone`, async () => {
    await inFolder({ ...well(count), [hostile]: ENDLESS }, async (cwd) => {
      const { stdout, stderr } = await devmcp(["complexity", "--json", "--jobs", "2"], { cwd });
      const { files, problems } = JSON.parse(stdout);
      assert.equal(files.length, count);
      assert.ok(files.every(({ functions }: { functions: unknown[] }) => functions.length === 1));
      assert.deepEqual(problems.map(({ path }: { path: string }) => path), [hostile]);
      assert.match(stderr, new RegExp(`Cannot finish "${hostile}": the parser has no memory left`));
      assert.ok(!stderr.includes("Aborted"), stderr);
    });
  });
}
