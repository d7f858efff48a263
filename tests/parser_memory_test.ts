/** A text for which a grammar wants more memory than there is. */
import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

/** The grammar of Java tries all that this may be. */
const ENDLESS = "a=>".repeat(30_000);
const WELL = Object.fromEntries(
  Array.from({ length: 20 }, (_, n) => [`${n + 10}.java`, "class A { void m() { if (a) {} } }\n"]),
);

Deno.test("a text that fills the parser's memory fails alone", async () => {
  await inFolder({ ...WELL, "15x.java": ENDLESS }, async (cwd) => {
    const { stdout, stderr } = await devmcp(["complexity", "--json", "--jobs", "2"], { cwd });
    const { files, problems } = JSON.parse(stdout);
    assert.equal(files.length, 20);
    assert.ok(files.every(({ functions }: { functions: unknown[] }) => functions.length === 1));
    assert.deepEqual(problems.map(({ path }: { path: string }) => path), ["15x.java"]);
    assert.match(stderr, /Cannot finish "15x.java": .*the parser has no memory left/);
    assert.ok(!stderr.includes("Aborted"), stderr);
  });
});
