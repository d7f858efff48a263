import { deepEqual, equal, match } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { commands } from "./mod.ts";

async function run(...argv: string[]) {
  const app = fakeApp();
  await runProgram(["completions", ...argv], app, commands);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("completions knows every command and the options of each", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { out, code } = await run(shell);
    equal(code, 0);
    for (const { name } of commands) equal(out.includes(name), true, `${shell}: ${name}`);
    for (const option of ["fail-on", "line-length", "stdin-filename"]) {
      match(out, new RegExp(option));
    }
  }
});

Deno.test("completions --json holds the same script", async () => {
  const { shell, script } = JSON.parse((await run("fish", "--json")).out);
  deepEqual([shell, script], ["fish", (await run("fish")).out]);
});

Deno.test("completions refuses other shells", async () => {
  const { err, code } = await run("tcsh");
  match(err, /Allowed choices are bash, zsh, fish/);
  equal(code, 2);
});
