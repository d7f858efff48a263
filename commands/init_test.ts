import { deepEqual, equal, match } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { inHome, type TestHome, USER_FILE } from "../config/home_fixture.ts";

async function run(home: TestHome, ...argv: string[]) {
  const app = fakeApp({ cwd: home.path, env: home.env() });
  const entry = { name: "init", summary: "write", load: () => import("./init.ts") };
  await runProgram(["init", ...argv], app, [entry]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("init writes a file, over an existing one only with --force", async () => {
  await inHome({}, async (home) => {
    equal((await run(home)).code, 0);
    match(await home.read("devmcp.yaml"), /^# model:\n[^]*# {5}model: ""\n/m);
    await home.write("devmcp.yaml", "logging: {}\n");
    const { err, code } = await run(home);
    match(err, /^devmcp: Cannot write ".*devmcp.yaml": it is there already\n {2}hint: --force/);
    deepEqual([code, await home.read("devmcp.yaml")], [2, "logging: {}\n"]);
    equal((await run(home, "--force")).code, 0);
    match(await home.read("devmcp.yaml"), /^# The configuration/);
  });
});

Deno.test("init --force follows no link of a project, but the user's own", async () => {
  await inHome({ "victim": "precious" }, async (home) => {
    await Deno.symlink(`${home.path}/victim`, `${home.path}/devmcp.yaml`);
    const { err, code } = await run(home, "--force");
    match(err, /^devmcp: Cannot write ".*devmcp.yaml": it is a symbolic link\n/);
    deepEqual([code, await home.read("victim")], [2, "precious"]);
    await home.write("config/devmcp/x", "");
    await Deno.symlink(`${home.path}/victim`, `${home.path}/${USER_FILE}`);
    equal((await run(home, "--force", "--user")).code, 0);
    match(await home.read("victim"), /^# The configuration/);
  });
});

Deno.test("init --user writes the user's file, and tells which as JSON", async () => {
  await inHome({}, async (home) => {
    const file = `${home.path}/${USER_FILE}`;
    deepEqual(JSON.parse((await run(home, "--user", "--json")).out), { version: 1, file });
    match(await home.read(USER_FILE), /^# The configuration/);
  });
});
