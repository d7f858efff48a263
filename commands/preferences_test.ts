import assert from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { inHome, type TestHome } from "../config/home_fixture.ts";

async function run(home: TestHome, line: string) {
  const app = fakeApp({ env: home.env() });
  const entry = { name: "preferences", summary: "", load: () => import("./preferences.ts") };
  await runProgram(["preferences", ...line.split(" ").filter(Boolean)], app, [entry]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("preferences lists, adds, removes and clears", () =>
  inHome({}, async (home) => {
    assert.match((await run(home, "")).err, /^no preferences yet; say "always …"/);
    assert.equal((await run(home, "add always use tabs")).out, "added: always use tabs\n");
    assert.equal((await run(home, "add Always use tabs.")).out, "it is there already\n");
    await run(home, "add I prefer \x1b[2J pytest");
    assert.equal((await run(home, "")).out, "1  always use tabs\n2  I prefer [2J pytest\n");
    assert.deepEqual((await run(home, "list")).out, (await run(home, "")).out);
    assert.equal((await run(home, "remove 1")).out, "removed: always use tabs\n");
    const missing = await run(home, "remove 7");
    assert.deepEqual([missing.code, missing.err.split("\n").length], [2, 3]);
    assert.match((await run(home, "clear")).err, /nobody can be asked/);
    assert.deepEqual(JSON.parse((await run(home, "clear --yes --json")).out), {
      version: 1,
      removed: ["I prefer [2J pytest"],
    });
    assert.deepEqual(JSON.parse((await run(home, "--json")).out), { version: 1, preferences: [] });
  }));

Deno.test("preferences says so when they cannot be read", () =>
  inHome({ "state/devmcp/preferences.json": "{" }, async (home) => {
    const { code, out, err } = await run(home, "");
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^devmcp: Cannot use ".*preferences\.json": it is broken\n +hint: mend it/);
    assert.equal((await run(home, "add always use tabs")).code, 0);
    assert.equal((await run(home, "")).out, "1  always use tabs\n");
  }));
