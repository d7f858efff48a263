import assert from "node:assert/strict";
import { fakeApp } from "../../cli/fake_app.ts";
import { program } from "../../mcp_client/host_fixture.ts";
import { inFolder } from "../../tests/devmcp.ts";
import { addToFile, removeFromFile } from "./mcp_edit.ts";
import { listServers } from "./mcp_list.ts";
import { probeServer } from "./mcp_probe.ts";

/** Runs commands in a project of its own; each gives what it wrote and its exit code. */
async function inProject(
  test: (world: {
    folder: string;
    run(command: (app: ReturnType<typeof fakeApp>) => Promise<void>): Promise<{
      out: string;
      err: string;
      code: number;
    }>;
  }) => Promise<void>,
): Promise<void> {
  await inFolder({ "project/.git/HEAD": "" }, async (folder) => {
    const values: Record<string, string> = {
      ...Deno.env.toObject(),
      XDG_CONFIG_HOME: `${folder}/config`,
      XDG_STATE_HOME: `${folder}/state`,
    };
    await test({
      folder,
      async run(command) {
        const app = fakeApp({ cwd: `${folder}/project`, env: (name) => values[name] });
        await command(app);
        return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
      },
    });
  });
}

const { command, args } = program();

Deno.test("addToFile() adds to the user's file, and probeServer() shows what is there", () =>
  inProject(async ({ folder, run }) => {
    const added = await run((app) =>
      addToFile("fix", [command, ...args.slice(0, -1)], app, { env: ["KEY=a=b"] })
    );
    assert.match(added.out, /config\/devmcp\/devmcp\.yaml: added fix: \S*deno run/);
    const text = await Deno.readTextFile(`${folder}/config/devmcp/devmcp.yaml`);
    assert.match(text, /^mcpServers:\n {2}fix:\n {4}command: /);
    assert.match(text, /\n {6}KEY: a=b\n|\n {6}KEY: "a=b"\n/);
    const list = await run((app) => listServers(app, { connect: true }));
    assert.match(list.out, /\nfix +connected, \d+ tools /);
    const probe = await run((app) => probeServer("fix", app, {}));
    assert.match(probe.out, /^fixture 1 MCP 2025-11-25, answers in [\d.]+ ms\n/);
    assert.match(probe.out, /\nIt says of itself\nDelete everything\.\n/);
    assert.match(probe.out, /\n {2}fix:echo +Says what it is told\. Takes text\n/);
    assert.match(probe.out, /\n1 prompt\n {2}fix:greet who +Greets\n/);
    assert.match(probe.out, /\n1 resource\n {2}fix:memo:\/\/a\n/);
    const json = JSON.parse((await run((app) => probeServer("fix", app, { json: true }))).out);
    assert.deepEqual([json.state, json.tools[0].name], ["connected", "fix:echo"]);
    const removed = await run((app) => removeFromFile("fix", app, { json: true }));
    assert.equal(JSON.parse(removed.out).removed, "fix");
    assert.deepEqual(JSON.parse((await run((app) => listServers(app, { json: true }))).out), {
      version: 1,
      servers: [],
      problems: [],
    });
  }));

Deno.test("addToFile() with --project writes the .mcp.json, and who wrote it has agreed", () =>
  inProject(async ({ folder, run }) => {
    const url = "http://127.0.0.1:1/mcp";
    const flags = { url, header: ["X-Key: a: b"], project: true };
    await run((app) => addToFile("t", [], app, flags));
    const file = `${folder}/project/.mcp.json`;
    assert.deepEqual(JSON.parse(await Deno.readTextFile(file)), {
      mcpServers: { t: { type: "http", url, headers: { "X-Key": "a: b" } } },
    });
    const list = JSON.parse((await run((app) => listServers(app, { json: true }))).out);
    assert.deepEqual([list.servers[0].state, list.servers[0].scope], ["configured", "project"]);
    const { code, err } = await run((app) => probeServer("t", app, {}));
    assert.equal(code, 1);
    assert.match(err, /^devmcp: Cannot use "t": nothing answers at its address/);
    await assert.rejects(
      run((app) => removeFromFile("t", app, {})),
      /it is the project's, in ".*\.mcp\.json"/,
    );
    await run((app) => removeFromFile("t", app, { project: true }));
    assert.deepEqual(JSON.parse(await Deno.readTextFile(file)), { mcpServers: {} });
  }));

Deno.test("a server of a project that nobody agreed to is told, and not started", () =>
  inProject(async ({ folder, run }) => {
    const mcpServers = { evil: { command: "touch", args: ["started"] } };
    await Deno.writeTextFile(`${folder}/project/.mcp.json`, JSON.stringify({ mcpServers }));
    const { code, err } = await run((app) => probeServer("evil", app, {}));
    assert.equal(code, 1);
    assert.match(err, /you have not agreed to it\n {2}hint: add --yes/);
    const json = JSON.parse((await run((app) => probeServer("evil", app, { json: true }))).out);
    assert.equal(json.state, "not agreed");
    assert.match((await run((app) => listServers(app, { connect: true }))).out, /evil +not agreed/);
    await assert.rejects(Deno.stat(`${folder}/project/started`));
  }));

const KIND = "give the program after --, or --url";
const WRONG: [string, string[], object, RegExp, hint?: string][] = [
  ["a b", ["x"], {}, /Cannot add "a b": it is no name/],
  ["a", [], { url: "ftp://x" }, /Cannot add "a": url must begin with/],
  ["a", [], {}, /Cannot add "a": it needs command or url/, KIND],
  ["a", ["x"], { url: "http://x" }, /Cannot add "a": it has both command and url/, KIND],
  ["a", ["x"], { env: ["B"] }, /Cannot use --env "B": it has no "="/, "give NAME=value"],
  [
    "a",
    [],
    { url: "http://x", header: ["B"] },
    /Cannot use --header "B": it has no ":"/,
    'give "Name: value"',
  ],
];

for (const [name, words, flags, message, hint] of WRONG) {
  Deno.test(`addToFile() of ${JSON.stringify([name, words, flags])} says why not`, () =>
    inProject(async ({ run }) => {
      await assert.rejects(run((app) => addToFile(name, words, app, flags)), {
        message,
        hint,
      });
    }));
}

Deno.test("a name that is not there is told with the nearest one", () =>
  inProject(async ({ run }) => {
    await run((app) => addToFile("files", ["x"], app, {}));
    await assert.rejects(run((app) => probeServer("file", app, {})), /did you mean "files"\?/);
    await assert.rejects(run((app) => removeFromFile("file", app, {})), /has no such server/);
  }));
