/** Other people's MCP servers, from npm, through our own client. */
import assert from "node:assert/strict";
import type { HttpServer, ServerDefinition, StdioServer } from "../config/server_definition.ts";
import { fakePerson, fixture, type TestHost, withServers } from "../mcp_client/host_fixture.ts";
import { devmcp, inFolder } from "./devmcp.ts";

const VERSION = "2026.8.31";

function fromNpm(name: string, args: string[] = []): StdioServer {
  const options = ["-A", "--quiet", "--no-config", "--no-lock", "--node-modules-dir=none"];
  const specifier = `npm:@modelcontextprotocol/server-${name}@${VERSION}`;
  const command = Deno.execPath();
  return { kind: "stdio", command, args: ["run", ...options, specifier, ...args], env: {} };
}

function define(name: string, server: ServerDefinition["server"]): ServerDefinition {
  return { ...fixture(), name, server, timeoutMs: 60_000 };
}

/** What holds of server-everything, however it is reached. */
async function checkEverything({ host, call, log }: TestHost): Promise<void> {
  const { state, tools, prompts, resources } = host.servers()[1]!;
  assert.deepEqual([state, prompts, resources], ["connected", 4, 7], log.join("\n"));
  assert.ok(tools >= 13);
  assert.equal((await call("all:echo", { message: "hi" })).text, "Echo: hi");
  const weather = await call("all:get-structured-content", { location: "Chicago" });
  assert.equal(weather.ok, true);
  assert.equal(typeof weather.data!.temperature, "number");
  assert.match((await call("all:get-tiny-image")).text, /\[image, image\/png, \d+ KB\]/);
  assert.equal((await call("all:get-sum", { a: "x" })).ok, false);
  const seen: number[] = [];
  const { ok } = await host.call("all:trigger-long-running-operation", { duration: 1, steps: 4 }, {
    signal: new AbortController().signal,
    onProgress: (done) => seen.push(done),
  });
  assert.deepEqual([ok, seen.length >= 3], [true, true]);
  assert.match(await host.getPrompt("all:args-prompt", { city: "Oslo" }), /Oslo/);
  assert.match(await host.readResource(host.resources()[0]!), /Everything/);
}

Deno.test("server-everything works over stdio, and asks the person and the model", async () => {
  const questions: string[] = [];
  const person = fakePerson({
    sampling: ({ prompt }) => Promise.resolve(questions.push(prompt) > 0),
    elicit: (question) => {
      questions.push(question.message);
      return Promise.resolve({ action: "decline" });
    },
  });
  const reply = { text: "Yo", done: "stop", model: "m" };
  const models = { get: () => Promise.resolve({ chat: () => Promise.resolve(reply) } as never) };
  await withServers([define("all", fromNpm("everything"))], async (test) => {
    await checkEverything(test);
    assert.match((await test.call("all:get-roots-list")).text, /file:\/\//);
    const sampled = await test.call("all:trigger-sampling-request", { prompt: "Greet" });
    assert.match(sampled.text, /Yo/);
    assert.match((await test.call("all:trigger-elicitation-request")).text, /declined/i);
    assert.match(questions[0]!, /Greet/);
    assert.equal(questions.length, 2);
  }, { person, models });
});

for (const [transport, path] of [["streamableHttp", "/mcp"], ["sse", "/sse"]] as const) {
  Deno.test(`server-everything works over ${transport}`, async () => {
    const port = freePort();
    const { command, args } = fromNpm("everything", [transport]);
    const child = new Deno.Command(command, {
      args,
      env: { PORT: String(port) },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    try {
      await answers(port);
      const server: HttpServer = {
        kind: "http",
        url: `http://127.0.0.1:${port}${path}`,
        headers: { "x-of-ours": "1" },
        onlySse: false,
        oauth: {},
      };
      await withServers([define("all", server)], checkEverything);
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  });
}

Deno.test("server-filesystem gets the project's folder as its root, and stays within it", () =>
  inFolder(
    { "a.txt": "the text" },
    (folder) =>
      withServers([define("files", fromNpm("filesystem", [folder]))], async ({ call, host }) => {
        const read = await call("files:read_text_file", { path: `${folder}/a.txt` });
        assert.deepEqual([read.ok, read.text], [true, "the text"], host.servers()[1]!.problem);
        const outside = await call("files:read_text_file", { path: "/etc/passwd" });
        assert.deepEqual([outside.ok, /denied|outside/i.test(outside.text)], [false, true]);
        assert.equal((await call("files:read_text_file")).ok, false);
      }, { folder }),
  ));

Deno.test("server-memory remembers", () =>
  inFolder({}, (folder) => {
    const server = { ...fromNpm("memory"), env: { MEMORY_FILE_PATH: `${folder}/memory.json` } };
    return withServers([define("memory", server)], async ({ call }) => {
      const entities = [{ name: "Ada", entityType: "person", observations: ["counts"] }];
      assert.equal((await call("memory:create_entities", { entities })).ok, true);
      const { data } = await call("memory:search_nodes", { query: "Ada" });
      assert.deepEqual(data!.entities, entities);
    });
  }));

Deno.test("devmcp mcp adds, lists, tests and removes a server", () =>
  inFolder({}, async (folder) => {
    const env = { XDG_CONFIG_HOME: `${folder}/config`, XDG_STATE_HOME: `${folder}/state` };
    const run = (...args: string[]) => devmcp(["mcp", ...args], { cwd: folder, env });
    const { command, args } = fromNpm("filesystem", [folder]);
    const added = await run("add", "files", "--env", "KEY=${HOME}", "--", command, ...args);
    assert.deepEqual([added.code, added.stderr], [0, ""]);
    const { servers } = JSON.parse((await run("list", "--json")).stdout);
    assert.deepEqual([servers[0].name, servers[0].state], ["files", "configured"]);
    assert.match((await run("list", "--connect")).stdout, /connected, \d+ tools/);
    const test = await run("test", "files");
    assert.equal(test.code, 0, test.stderr);
    assert.match(test.stdout, /secure-filesystem-server .* MCP 2025-11-25, answers in [\d.]+ ms/);
    assert.match(test.stdout, /files:read_text_file +\S/);
    const json = JSON.parse((await run("test", "files", "--json")).stdout);
    assert.ok(json.tools[0].input_schema.properties);
    assert.equal((await run("remove", "files")).code, 0);
    assert.equal((await run("list")).stdout, 'no servers; "devmcp mcp add" adds one\n');
    assert.equal((await run("test", "files")).code, 2);
  }));

Deno.test("devmcp mcp starts no server of a project that nobody has agreed to", () =>
  inFolder({
    ".mcp.json": JSON.stringify({ mcpServers: { evil: { command: "touch", args: ["started"] } } }),
  }, async (folder) => {
    const env = { XDG_CONFIG_HOME: `${folder}/config`, XDG_STATE_HOME: `${folder}/state` };
    const run = (...args: string[]) => devmcp(["mcp", ...args], { cwd: folder, env });
    const isStarted = () => Deno.stat(`${folder}/started`).then(() => true, () => false);
    assert.match((await run("list", "--connect")).stdout, /evil +not agreed/);
    const { code, stderr } = await run("test", "evil");
    assert.deepEqual([code, await isStarted()], [1, false]);
    assert.match(stderr, /Cannot use "evil": you have not agreed to it\n {2}hint: add --yes/);
    assert.equal((await run("test", "evil", "--yes")).code, 1);
    assert.equal(await isStarted(), true);
  }));

function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

/** It may have to be downloaded first. */
async function answers(port: number): Promise<void> {
  const end = performance.now() + 120_000;
  while (performance.now() < end) {
    const connection = await Deno.connect({ port, hostname: "127.0.0.1" }).catch(() => undefined);
    if (connection) return connection.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at port ${port}`);
}
