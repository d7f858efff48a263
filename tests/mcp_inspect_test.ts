/** `devmcp mcp inspect` and `devmcp mcp call`, on servers of both eras and transports. */
import assert from "node:assert/strict";
import { createMcpHandler, McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import * as z from "zod";
import { program } from "../mcp_client/host_fixture.ts";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

function fixture(mode = ""): string[] {
  const { command, args } = program(mode);
  return ["--", command, ...args];
}

function createServer(): McpServer {
  const server = new McpServer({ name: "web", title: "Web", version: "2" });
  const input = z.object({ a: z.number().describe("The first"), b: z.number().default(2) });
  const output = z.object({ sum: z.number() });
  server.registerTool(
    "add",
    { description: "Add.", inputSchema: input, outputSchema: output },
    ({ a, b }) => ({
      content: [{ type: "text", text: `${a + b}` }],
      structuredContent: { sum: a + b },
    }),
  );
  const template = new ResourceTemplate("page://{name}", { list: undefined });
  server.registerResource("page", template, {}, () => ({ contents: [] }));
  return server;
}

/** Runs `test` with a server over HTTP that wants a key. */
async function withWeb(test: (url: string) => Promise<void>): Promise<void> {
  const handler = createMcpHandler(createServer);
  const web = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) =>
      request.headers.get("x-key") === "secret"
        ? handler.fetch(request)
        : new Response(null, { status: 403 }),
  );
  try {
    await test(`http://127.0.0.1:${web.addr.port}/mcp`);
  } finally {
    await web.shutdown();
  }
}

Deno.test("devmcp mcp inspect shows all that a program offers, and keeps nothing", async () => {
  await inFolder({}, async (folder) => {
    const env = { HOME: folder, XDG_STATE_HOME: `${folder}/state` };
    const { code, stdout, stderr } = await devmcp(["mcp", "inspect", ...fixture()], { env });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^fixture 1 MCP 2025-11-25 \(legacy era\), answers in [\d.]+ ms\n/);
    assert.match(stdout, /capabilities: logging, prompts, resources, tools \(listChanged\)\n/);
    assert.match(stdout, /\d+ tools [\d,]+ bytes\n/);
    assert.match(stdout, /greet who +Greets/);
    assert.match(stdout, /memo:\/\/a/);
    assert.ok(!stdout.includes("\x1b"), "what servers say is never obeyed");
    await assert.rejects(Deno.stat(`${folder}/state`), Deno.errors.NotFound);
  });
});

Deno.test("devmcp mcp inspect speaks the newest revision where a program knows no other", async () => {
  const { code, stdout } = await devmcp(["mcp", "inspect", "--json", ...fixture("modern")]);
  const { era, protocol, tools, bytes } = JSON.parse(stdout);
  assert.deepEqual([code, era, protocol], [0, "modern", "2026-07-28"]);
  assert.ok(tools.length > 5 && bytes.tools > 100);
});

Deno.test("devmcp mcp inspect and call reach an address, with a key of the environment", async () => {
  await withWeb(async (url) => {
    const key = ["--header", "x-key: ${WEB_KEY}"];
    const env = { WEB_KEY: "secret" };
    const inspected = await devmcp(["mcp", "inspect", url, ...key, "--json"], { env });
    assert.equal(inspected.code, 0, inspected.stderr);
    const { address, server, era, tools, resource_templates: templates } = JSON.parse(
      inspected.stdout,
    );
    assert.deepEqual([address, server.title, era], [url, "Web", "modern"]);
    assert.deepEqual(Object.keys(tools[0].input_schema.properties), ["a", "b"]);
    assert.equal(templates[0].uri_template, "page://{name}");
    const args = ["mcp", "call", url, "add", ...key, "--arg", "a=40"];
    const called = await devmcp(args, { env });
    assert.deepEqual([called.code, called.stdout, called.stderr], [0, "42\n", ""]);
    const json = await devmcp([...args, "--json"], { env });
    assert.deepEqual(JSON.parse(json.stdout).structured, { sum: 42 });
    const wrong = await devmcp(args, { env: { WEB_KEY: "other" } });
    assert.deepEqual([wrong.code, wrong.stdout], [2, ""]);
    assert.ok(!wrong.stderr.includes("other"));
    assert.match((await devmcp(args)).stderr, /WEB_KEY.*not set/);
  });
});

Deno.test("devmcp mcp call prints the result, and says by its exit code how it went", async () => {
  const echo = ["mcp", "call", "--arg", "text=${HOME} 'x'"];
  const said = await devmcp([...echo, ...fixture(), "echo"]);
  assert.deepEqual([said.code, said.stdout], [0, "${HOME} 'x'\n"]);
  const stdin = JSON.stringify({ text: "from stdin" });
  const piped = await devmcp(["mcp", "call", "--json-args", "-", ...fixture(), "echo"], { stdin });
  assert.equal(piped.stdout, "from stdin\n");
  const failed = await devmcp(["mcp", "call", ...fixture(), "fail"]);
  assert.deepEqual([failed.code, failed.stdout], [1, "it failed\n"]);
});

Deno.test("devmcp mcp call hands a program what is typed, and no more of the environment", async () => {
  const args = ["mcp", "call", "--env", "OWN=${X}", ...fixture(), "${NOT_SET}", "env"];
  const { stdout } = await devmcp(args, { env: { SOME_KEY: "secret" } });
  const { env, args: typed } = JSON.parse(stdout);
  assert.deepEqual([typed, env.OWN, env.SOME_KEY], [["${NOT_SET}"], "${X}", undefined]);
});

Deno.test("devmcp mcp inspect and call tell in one line what cannot be done", async () => {
  const wrong: [args: string[], says: RegExp][] = [
    [["inspect", "http://127.0.0.1:1/mcp"], /Cannot use "http:\/\/127\.0\.0\.1:1\/mcp"/],
    [["inspect", "--", "no-such-program-here"], /no-such-program-here/],
    [["inspect", "--", "cat"], /it is no MCP server: .*\n {2}hint: give the command/],
    [["inspect", ...fixture("exit")], /no licence found/],
    [["inspect", "http://x/mcp", "more"], /there is more than the URL/],
    [["inspect", "--header", "a: b", "x"], /--header is for a URL/],
    [["call", "echo"], /there is no server/],
    [["call", ...fixture(), "ehco"], /no such tool; did you mean "echo"/],
    [["call", ...fixture(), "die"], /out of cheese/],
    [["call", "--json-args", "[]", ...fixture(), "echo"], /one JSON object/],
    [["call", "--arg", "text", ...fixture(), "echo"], /it has no "="/],
  ];
  for (const [args, says] of wrong) {
    const { code, stdout, stderr } = await devmcp(["mcp", ...args]);
    assert.deepEqual([code, stdout], [2, ""], stderr);
    assert.match(stderr, says);
    assert.match(stderr, /^devmcp: [^\n]+\n( {2}hint: [^\n]+\n)?$/);
  }
});

Deno.test({
  name: "devmcp mcp call cancels on Ctrl-C, and leaves no program behind",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder({ "sent": "" }, async (folder) => {
      const [, command, ...args] = fixture();
      const words = [command!, ...args].map((word) => `'${word}'`).join(" ");
      const script = `echo $$ > pid; tee sent | ${words}`;
      const child = new Deno.Command(BINARY, {
        args: ["mcp", "call", "--", "sh", "-c", script, "hang"],
        cwd: folder,
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const sent = () => Deno.readTextFile(`${folder}/sent`);
      await until(async () => (await sent()).includes("tools/call"));
      child.kill("SIGINT");
      assert.equal((await child.status).code, 130);
      await until(async () => (await sent()).includes("notifications/cancelled"));
      const pid = (await Deno.readTextFile(`${folder}/pid`)).trim();
      await until(() => Deno.stat(`/proc/${pid}`).then(() => false, () => true));
    }),
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + 30_000; !await holds();) {
    assert.ok(performance.now() < deadline, "it did not come to hold");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
