import assert from "node:assert/strict";

const PROGRAM = `
import { guardConsole } from ${JSON.stringify(import.meta.resolve("./guard_console.ts"))};
import process from "node:process";
guardConsole();
for (const name of ["log", "info", "debug", "dir", "table", "group", "warn", "error", "trace"]) {
  console[name](name);
}
console.count("count");
console.time("time");
console.timeLog("time");
console.timeEnd("time");
console.assert(false, "assert");
process.stdout.write("process\\n");
Deno.stdout.writeSync(new TextEncoder().encode("protocol"));
`;

Deno.test("guardConsole() leaves standard output to the protocol", async () => {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", "--no-check", PROGRAM],
  }).output();
  assert.equal(new TextDecoder().decode(stdout), "protocol");
  for (const word of ["log", "table", "count", "assert", "process"]) {
    assert.match(new TextDecoder().decode(stderr), new RegExp(word));
  }
});
