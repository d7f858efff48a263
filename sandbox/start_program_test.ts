import { until } from "../config/until_fixture.ts";
import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { type ProgramOptions, startProgram } from "./start_program.ts";

const PATH = Deno.env.get("PATH") ?? "";

function shell(script: string, more: Partial<ProgramOptions> = {}) {
  return startProgram({
    command: "sh",
    args: ["-c", script, "sh"],
    env: { PATH },
    cwd: "/",
    graceMs: 200,
    ...more,
  });
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return await new Response(stream).text();
}

Deno.test("startProgram() passes on the arguments, the environment and the folder, and no more", async () => {
  const cwd = await Deno.makeTempDir();
  Deno.env.set("DEVMCP_TEST_SECRET", "x");
  try {
    const program = startProgram({
      command: "sh",
      args: ["-c", 'echo "$1"; pwd; env', "sh", "a b; $(id)"],
      env: { PATH, OWN: "1" },
      cwd,
    });
    const [argument, folder, ...env] = (await textOf(program.stdout)).trim().split("\n");
    assert.deepEqual([argument, folder], ["a b; $(id)", await Deno.realPath(cwd)]);
    assert.ok(env.includes("OWN=1"));
    assert.ok(env.every((line) => !line.includes("DEVMCP_TEST_SECRET")));
    assert.equal(await program.ended, "exit code 0");
    await program.end();
  } finally {
    Deno.env.delete("DEVMCP_TEST_SECRET");
    await Deno.remove(cwd, { recursive: true });
  }
});

Deno.test("startProgram() says why a program cannot be started", () => {
  const start = (command: string, cwd = "/") =>
    startProgram({ command, args: [], env: { PATH }, cwd });
  assert.throws(() => start("no-such-program-of-ours"), (error) => {
    assert.ok(error instanceof ToolError);
    assert.equal(error.message, 'Cannot start "no-such-program-of-ours": no such program');
    return true;
  });
  assert.throws(() => start("sh", "/no/such/folder"), /no folder "\/no\/such\/folder"/);
  const file = Deno.makeTempFileSync();
  assert.throws(() => start(file), /Cannot start ".+": it may not be run/);
  Deno.removeSync(file);
});

Deno.test("stderr() keeps the last of it, however much there is", async () => {
  const program = shell("i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done");
  await program.ended;
  await until(() => program.stderr().endsWith("line 2999\n"));
  assert.ok(program.stderr().length <= 4096);
  await program.stdout.cancel();
  await program.end();
});

const STUBBORN: [string, string, string][] = [
  ["reads its input", "cat > /dev/null", "exit code 0"],
  ["does not look at its input", "sleep 100", "signal SIGTERM"],
  ["heeds no SIGTERM", "trap '' TERM; while :; do sleep 0.05; done", "signal SIGKILL"],
];

for (const [what, script, ended] of STUBBORN) {
  Deno.test(`end() ends a program that ${what}`, async () => {
    const program = shell(`echo ready; ${script}`);
    const reader = program.stdout.getReader();
    await reader.read();
    await program.end();
    assert.equal(await program.ended, ended);
    await reader.cancel();
  });
}

Deno.test("what a program has started ends with it", async () => {
  const program = shell("sleep 100 & echo $!; cat > /dev/null");
  const reader = program.stdout.getReader();
  const { value } = await reader.read();
  const grandchild = Number(new TextDecoder().decode(value));
  await program.end();
  await until(() => !isRunning(grandchild));
  await reader.cancel();
});

/** A zombie that nobody has reaped does not run. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(Deno.readTextFileSync(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}
