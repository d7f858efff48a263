import assert from "node:assert/strict";
import { fakeApp, RecordedOutput } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { inHome, type TestHome } from "../config/home_fixture.ts";
import { sessionsFolder } from "../sessions/create_session_store.ts";
import { makeSession, makeTurn } from "../sessions/session_fixture.ts";
import type { SessionStore } from "../sessions/session_store.ts";
import { openSessions } from "./open_sessions.ts";

interface World {
  home: TestHome;
  store: SessionStore;
  run(line: string, columns?: number): Promise<{ out: string; err: string; code: number }>;
}

async function inWorld(test: (world: World) => Promise<void>): Promise<void> {
  await inHome({ "p/.keep": "" }, async (home) => {
    const run: World["run"] = async (line, columns) => {
      const stdout = new RecordedOutput({ isTerminal: columns !== undefined, columns });
      const app = fakeApp({ cwd: `${home.path}/p`, env: home.env(), stdout });
      const entry = { name: "sessions", summary: "", load: () => import("./sessions.ts") };
      await runProgram(["sessions", ...line.split(" ")], app, [entry]);
      return { out: stdout.text, err: app.stderr.text, code: app.exitCode };
    };
    await test({ home, store: openSessions({ env: home.env() }), run });
  });
}

const EVIL = "evil\x1b[2J\u202e title";

Deno.test("sessions list shows what there is, and what is broken in one line", () =>
  inWorld(async ({ home, store, run }) => {
    const none = await run("list");
    assert.deepEqual(none, {
      out: "",
      err: 'no sessions yet; "devmcp chat" begins one\n',
      code: 0,
    });
    const a = await makeSession(store, [makeTurn(1, { input: EVIL })]);
    const b = await makeSession(store, [makeTurn(1)], { folder: `${home.path}/p` });
    await Deno.writeTextFile(`${sessionsFolder(home.env())}/broken.json`, "{");
    const { out, err, code } = await run("list");
    assert.deepEqual([out.split("\n").length, code], [4, 0]);
    assert.match(out, new RegExp(`${b} .* 1  message 1`));
    assert.match(out, / evil \[2J title +\/work\n/);
    assert.equal(
      err,
      'devmcp: warning: Cannot read the session "broken": its file is broken (no JSON)\n',
    );
    assert.doesNotMatch((await run("list --here")).out, new RegExp(a));
    const { sessions } = JSON.parse((await run("list --json")).out);
    assert.deepEqual(
      sessions.map((one: { id: string; is_open: boolean }) => [one.id, one.is_open]),
      [[b, false], [a, false], ["broken", false]],
    );
  }));

Deno.test("sessions list and search fit narrow terminals, with every id whole", () =>
  inWorld(async ({ store, run }) => {
    const id = await makeSession(store, [
      makeTurn(1, { input: `write fib ${"and more ".repeat(9)}` }),
    ]);
    for (const columns of [40, 71, 72, 100]) {
      for (const line of ["list", "search fib"]) {
        const { out } = await run(line, columns);
        assert.ok(out.split("\n").every((one) => one.length <= columns), `${columns}:\n${out}`);
        assert.ok(out.includes(id));
      }
    }
  }));

Deno.test("sessions search finds by words, and exits with 1 when nothing is found", () =>
  inWorld(async ({ store, run }) => {
    await makeSession(store, [makeTurn(1, { answer: "use\nfibonacci numbers" })]);
    assert.match((await run("search NUMBERS message")).out, /FOUND\n.*message 1/);
    const none = await run("search nothing");
    assert.deepEqual(none, { out: "", err: "no session holds all of that\n", code: 1 });
    assert.deepEqual(JSON.parse((await run("search --json nothing")).out).sessions, []);
  }));

Deno.test("sessions show prints what was said, safe for a terminal", () =>
  inWorld(async ({ store, run }) => {
    const call = { step: "s", tool: "review_code", arguments: {}, status: "done" as const, ms: 3 };
    const calls = [{ ...call, text: "the result" }];
    const id = await makeSession(store, [makeTurn(1, { input: EVIL, answer: EVIL, calls })]);
    const { out } = await run(`show ${id.slice(0, 12)}`, 80);
    assert.doesNotMatch(out, /\p{Cf}|(?!\n)\p{Cc}/u);
    assert.match(out, / review_code: done, 3 ms\n/);
    assert.doesNotMatch(out, /the result/);
    assert.match((await run(`show ${id} --results`)).out, /the result/);
    assert.equal(JSON.parse((await run(`show ${id} --json`)).out).turns[0].input, EVIL);
    const { err, code } = await run("show nope");
    assert.match(
      err,
      /^devmcp: Cannot read the session "nope": there is none\n +hint: "devmcp ses/,
    );
    assert.equal(code, 2);
  }));

Deno.test("sessions export writes each format, by the file's name or as asked", () =>
  inWorld(async ({ home, store, run }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    assert.match((await run(`export ${id}`)).out, /^# message 1\n/);
    assert.match((await run(`export ${id} --format html`)).out, /^<!doctype html>/);
    const page = await run(`export ${id} -o chat.html`);
    assert.deepEqual([page.out, page.err, page.code], ["", "wrote chat.html\n", 0]);
    assert.match(await home.read("p/chat.html"), /<h1>message 1<\/h1>/);
    assert.match((await run(`export ${id} -o chat.html`)).err, /Cannot write "?.*chat\.html/);
    await run(`export ${id} -o chat.json`);
    assert.equal(JSON.parse(await home.read("p/chat.json")).id, id);
    const { format, content } = JSON.parse((await run(`export ${id} --json`)).out);
    assert.deepEqual([format, content.slice(0, 11)], ["markdown", "# message 1"]);
    assert.match(
      (await run(`export ${id} --format pdf`)).err,
      /Allowed choices are markdown, json/,
    );
  }));

Deno.test("sessions delete and prune never delete without a yes", () =>
  inWorld(async ({ store, run }) => {
    const ids = [await makeSession(store, [makeTurn(1)]), await makeSession(store, [makeTurn(1)])];
    for (const line of [`delete ${ids[0]}`, "prune --days 0 --keep 0"]) {
      const { err, code } = await run(line);
      assert.match(err, /nobody can be asked\n +hint: give --yes/);
      assert.equal(code, 2);
    }
    assert.equal((await store.list()).length, 2);
    assert.equal((await run(`delete ${ids[0]} --yes`)).out, `deleted ${ids[0]}\n`);
    assert.equal((await run("prune --yes")).out, "nothing to delete\n");
    const { removed } = JSON.parse((await run("prune --yes --json --days 0 --keep 0")).out);
    assert.deepEqual([removed, await store.list()], [[ids[1]], []]);
  }));

Deno.test("sessions delete refuses one that a chat has open", () =>
  inWorld(async ({ store, run }) => {
    const id = await makeSession(store, [makeTurn(1)]);
    const session = await store.open(id);
    assert.match((await run(`delete ${id} --yes`)).err, /another chat has it open\n +hint: leave/);
    assert.match((await run("list")).out, /message 1 \(open\)/);
    session.close();
  }));
