import assert from "node:assert/strict";

const SIZE = 1_000_003;
const PROGRAM = `
import { openQuickOutput } from ${JSON.stringify(import.meta.resolve("./quick_output.ts"))};
const bytes = Uint8Array.from({ length: ${SIZE} }, (_, at) => at % 251);
const write = openQuickOutput();
console.error(write ? write(bytes.subarray(0, 10)) + write(bytes.subarray(10)) : "none");
`;

/** What the program says and writes; nobody reads its standard output before it has ended. */
async function run(stdout: "piped" | "null") {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", "--no-check", PROGRAM],
    stdout,
    stderr: "piped",
  }).spawn();
  const said = await new Response(child.stderr).text();
  await child.status;
  const written = stdout === "piped" ? await new Response(child.stdout).bytes() : undefined;
  return { said: said.trim(), written };
}

Deno.test({
  name: "openQuickOutput() writes what a pipe takes, tells how much, and never waits",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { said, written } = await run("piped");
    assert.equal(Number(said), written!.length);
    assert.ok(written!.length > 10 && written!.length < SIZE);
    assert.ok(written!.every((byte, at) => byte === at % 251));
  },
});

Deno.test("openQuickOutput() is for pipes alone", async () => {
  assert.equal((await run("null")).said, "none");
});
