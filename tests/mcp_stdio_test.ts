/** MCP over stdio: the binary as a host starts it, raw lines and the official client. */
import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";
import { Host, INITIALIZE, type Message, withHost } from "./mcp_host.ts";

const MEBIBYTE = 1024 * 1024;
const CODE = "import os\n\ndef f( x ):\n    return x\n";
/** Busy for many seconds, were it not cancelled. */
const HUGE = "def f(a):\n    return [b for b in a if b and a or b]\n".repeat(600_000);
const PING = { jsonrpc: "2.0", id: "ping", method: "ping" };

async function assertAlive(host: Host): Promise<void> {
  assert.deepEqual((await host.request(`alive ${host.messages.length}`, "ping")).result, {});
}

Deno.test("serve introduces itself and lists its tools with schemas and annotations", async () => {
  await withHost(async (host) => {
    const { result } = await host.response("init");
    assert.equal(result.protocolVersion, "2025-11-25");
    assert.equal(result.serverInfo.name, "devmcp");
    assert.ok(result.instructions);
    const { tools } = (await host.request(1, "tools/list")).result;
    const names = tools.map((tool: Message) => tool.name);
    for (const name of ["review_code", "format_code", "analyze_complexity"]) {
      assert.ok(names.includes(name), name);
    }
    const open = tools.filter(({ annotations }: Message) => annotations.openWorldHint);
    assert.deepEqual(
      open.map((tool: Message) => tool.name),
      ["formalize_task", "generate_code", "generate_tests", "review_code"],
    );
    for (const tool of tools) {
      assert.ok(tool.title && tool.description);
      assert.equal(tool.inputSchema.additionalProperties, false);
      assert.equal(tool.outputSchema.type, "object");
      assert.equal(tool.annotations.readOnlyHint, true);
    }
  });
});

Deno.test("serve reads on, and can be stopped, while nobody reads its answers", async () => {
  const COUNT = 200;
  const idOf = (number: number) => `${number}`.padEnd(4096, ".");
  const host = new Host();
  // One at a time, as a burst is answered in fewer and larger writes.
  for (let number = 0; number < COUNT; number++) {
    await host.send({ ...PING, id: idOf(number) });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await host.response(idOf(COUNT - 1));
  assert.equal(host.messages.length, COUNT);
  for (let number = 0; number < 100; number++) await host.send({ ...PING, id: idOf(number) });
  host.kill("SIGTERM");
  await host.ended();
});

Deno.test("serve offers tools that write only with --allow-writes", async () => {
  await inFolder({}, async (folder) => {
    const call = { path: "src/a.py", content: "a = 1\n" };
    await withHost(async (host) => {
      const { error } = await host.callTool(1, "write_file", call);
      assert.match(error.message, /no such tool/);
      assert.match((await host.response("init")).result.instructions, /change no file/);
    }, ["--root", folder]);
    await withHost(async (host) => {
      const { result } = await host.callTool(1, "write_file", { ...call, dry_run: true });
      assert.match(result.structuredContent.diff, /^\+a = 1$/m);
      assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
      await host.callTool(2, "write_file", call);
      const outside = await host.callTool(3, "write_file", { ...call, path: "../b.py" });
      assert.ok(outside.result.isError);
      const { tools } = (await host.request(4, "tools/list")).result;
      const writer = tools.find(({ name }: Message) => name === "write_file");
      assert.equal(writer.annotations.readOnlyHint, false);
      assert.match((await host.response("init")).result.instructions, /only write_file changes/);
    }, ["--root", folder, "--allow-writes"]);
    assert.equal(await Deno.readTextFile(`${folder}/src/a.py`), "a = 1\n");
  });
});

const calls: [string, object, (output: Message) => void][] = [
  ["review_code", { code: CODE }, ({ overall_score, issues }) => {
    assert.ok(Number.isInteger(overall_score));
    assert.ok(issues.some((issue: Message) => issue.rule === "F401"));
  }],
  ["format_code", { code: CODE }, ({ formatted_code, changes_made }) => {
    assert.match(formatted_code, /def f\(x\):/);
    assert.ok(changes_made > 0);
  }],
  ["analyze_complexity", { code: CODE }, ({ lines_of_code }) => assert.equal(lines_of_code, 4)],
];

for (const [name, args, check] of calls) {
  Deno.test(`serve calls ${name} and gives structure and text`, async () => {
    await withHost(async (host) => {
      const { result } = await host.callTool(1, name, args);
      assert.ok(!result.isError, JSON.stringify(result.content));
      assert.ok(result.content[0].text.length > 0);
      check(result.structuredContent);
    });
  });
}

Deno.test("serve reads files of its workspace, and none outside", async () => {
  await inFolder({ "project/a.py": CODE, "secret.py": "secret = 1\n" }, async (folder) => {
    await withHost(
      async (host) => {
        const inside = await host.callTool(1, "analyze_complexity", { path: "a.py" });
        assert.equal(inside.result.structuredContent.lines_of_code, 4);
        for (const path of ["../secret.py", `${folder}/secret.py`, "/etc/passwd", "missing.py"]) {
          const { result } = await host.callTool(path, "analyze_complexity", { path });
          assert.ok(result.isError, path);
          assert.match(result.content[0].text, /^Cannot [^\n]*$/);
          assert.doesNotMatch(result.content[0].text, /secret = |root:/);
        }
      },
      ["--root", `${folder}/project`],
    );
  });
});

Deno.test("serve refuses a workspace that is not there", async () => {
  const { code, stdout, stderr } = await devmcp(["serve", "--root", "missing"], { stdin: "" });
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /missing/);
});

Deno.test("serve answers what a script pipes into it", async () => {
  const call = { name: "format_code", arguments: { code: "x=1" } };
  const lines = [INITIALIZE, { jsonrpc: "2.0", id: 2, method: "tools/call", params: call }];
  const stdin = lines.map((line) => JSON.stringify(line)).join("\n");
  const { code, stdout, stderr } = await devmcp(["serve"], { stdin });
  const messages = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(messages.map(({ id }) => id), ["init", 2]);
  assert.equal(messages[1].result.structuredContent.formatted_code, "x = 1\n");
  assert.deepEqual([code, stderr], [0, ""]);
});

Deno.test("serve tells of all wrong arguments by name, as a result", async () => {
  await withHost(async (host) => {
    const args = { code: 5, line_length: "wide", formater: "black" };
    const { result } = await host.callTool(1, "format_code", args);
    assert.equal(result.isError, true);
    assert.equal(
      result.content[0].text,
      'Cannot call "format_code": `code`: expected a string, got 5; `line_length`: expected a ' +
        'number, got "wide"; `formater`: no such field; did you mean "formatter"? ' +
        "(it takes `code`, `path`, `language`, `formatter`, `line_length`)",
    );
  });
});

const bad: [string, string, number, unknown][] = [
  ["text that is no JSON", "hello\n", -32700, null],
  ["half an object", '{"jsonrpc":"2.0","id":1,"method"\n', -32700, null],
  ["a batch", `[${JSON.stringify(PING)}]\n`, -32600, null],
  ["a number", "5\n", -32600, null],
  ["the id null", '{"jsonrpc":"2.0","id":null,"method":"ping"}\n', -32600, null],
  ["the id 1.5", '{"jsonrpc":"2.0","id":1.5,"method":"ping"}\n', -32600, null],
  ["no method", '{"jsonrpc":"2.0","id":1}\n', -32600, 1],
  ["an unknown method", '{"jsonrpc":"2.0","id":1,"method":"nope"}\n', -32601, 1],
  [
    "an unknown tool",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"review_cod"}}\n',
    -32602,
    1,
  ],
  [
    "arguments that are no object",
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"review_code","arguments":"x"}}\n',
    -32602,
    1,
  ],
  ["parameters in a list", '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}\n', -32602, 1],
];

Deno.test("serve answers what it cannot take with an error, and lives on", async () => {
  await withHost(async (host) => {
    for (const [what, line, code, id] of bad) {
      await host.send(line);
      const { error, id: answered } = await host.next();
      assert.equal(error.code, code, what);
      assert.equal(answered, id, what);
      assert.doesNotMatch(error.message, /\n/, what);
      await assertAlive(host);
    }
    await host.send(new Uint8Array([0x22, 0xff, 0xfe, 0x22, 0x0a]));
    assert.equal((await host.next()).error.code, -32700);
    await assertAlive(host);
  });
});

Deno.test("serve names the tools there are to who asks for another", async () => {
  await withHost(async (host) => {
    const { error } = await host.callTool(1, "review_cod", {});
    assert.match(error.message, /did you mean "review_code"\?; there are .*format_code/);
  });
});

Deno.test("serve takes ids of every legal kind", async () => {
  await withHost(async (host) => {
    for (const id of ["a", "", "1", 1, 0, -7, Number.MAX_SAFE_INTEGER]) {
      assert.deepEqual((await host.request(id, "ping")).result, {});
    }
  });
});

Deno.test("serve takes CRLF, blank lines, and characters cut between chunks", async () => {
  await withHost(async (host) => {
    await host.send("\r\n\n  \n", `${JSON.stringify(PING)}\r\n`);
    assert.equal((await host.next()).id, "ping");
    const params = { name: "format_code", arguments: { code: 's = "日本語 😀"\n' } };
    const line = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
    for (const byte of new TextEncoder().encode(`${line}\n`)) {
      await host.send(new Uint8Array([byte]));
    }
    const { result } = await host.response(1);
    assert.equal(result.structuredContent.formatted_code, params.arguments.code);
  });
});

Deno.test("serve answers requests that come before initialize", async () => {
  const host = new Host();
  assert.ok((await host.request(1, "tools/list")).result.tools);
  assert.deepEqual((await host.request(2, "ping")).result, {});
  await host.send(INITIALIZE);
  assert.ok((await host.response("init")).result);
  assert.equal((await host.close()).code, 0);
});

Deno.test("serve takes an argument of 10 MB", async () => {
  await withHost(async (host) => {
    const code = `s = """\n${"text without end\n".repeat(10 * MEBIBYTE / 17)}"""\n`;
    const { result } = await host.callTool(1, "analyze_complexity", { code });
    assert.ok(result.structuredContent.lines_of_code > 600_000);
  });
});

Deno.test("serve answers others while it works, and stops when the call is cancelled", async () => {
  await withHost(async (host) => {
    const params = { name: "review_code", arguments: { code: HUGE } };
    await host.send({ jsonrpc: "2.0", id: "huge", method: "tools/call", params });
    assert.equal((await host.request("other", "ping")).id, "other");
    const small = await host.callTool("small", "analyze_complexity", { code: CODE });
    assert.ok(small.result.structuredContent);
    const cancelled = { requestId: "huge", reason: "test" };
    await host.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: cancelled });
    const again = await host.callTool("again", "analyze_complexity", { code: CODE });
    assert.ok(again.result.structuredContent);
    assert.ok(host.messages.every(({ id }) => id !== "huge"));
  });
});

Deno.test("serve refuses an id that is in use", async () => {
  await withHost(async (host) => {
    const params = { name: "review_code", arguments: { code: HUGE } };
    await host.send({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
    await host.send({ jsonrpc: "2.0", id: 1, method: "ping" });
    assert.match((await host.next()).error.message, /in use/);
    const cancelled = { requestId: 1 };
    await host.send({ jsonrpc: "2.0", method: "notifications/cancelled", params: cancelled });
  });
});

Deno.test("serve refuses a message above 64 MiB without keeping it", async () => {
  await withHost(async (host) => {
    const chunk = "x".repeat(MEBIBYTE);
    for (let i = 0; i < 300; i++) await host.send(chunk);
    await host.send("\n");
    const { error, id } = await host.next();
    assert.deepEqual([error.code, id], [-32600, null]);
    assert.match(error.message, /longer than 64 MiB/);
    await assertAlive(host);
    if (Deno.build.os !== "linux") return;
    const status = await Deno.readTextFile(`/proc/${host.pid}/status`);
    const [, peak] = status.match(/VmHWM:\s+(\d+) kB/)!;
    assert.ok(Number(peak) < 450 * 1024, `${peak} kB`);
  });
});

Deno.test("serve ends when its input ends in the middle of a message", async () => {
  const host = new Host();
  await host.send('{"jsonrpc":"2.0","id":1,"method":"pi');
  const { code } = await host.close();
  assert.equal(code, 0);
  assert.deepEqual(host.messages.map(({ error }) => error.code), [-32700]);
});

Deno.test("serve ends with its input though a call is under way", async () => {
  const host = new Host();
  const params = { name: "review_code", arguments: { code: HUGE } };
  await host.send(INITIALIZE, { jsonrpc: "2.0", id: 1, method: "tools/call", params });
  assert.equal((await host.close()).code, 0);
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`serve ends clean at ${signal}, a call under way or not`, async () => {
    for (const code of ["", HUGE]) {
      const host = new Host();
      await host.send(INITIALIZE);
      await host.response("init");
      const params = { name: "review_code", arguments: { code } };
      await host.send({ jsonrpc: "2.0", id: 1, method: "tools/call", params }, PING);
      await host.response("ping");
      host.kill(signal);
      const { result, error } = await host.response(1);
      assert.ok(result || error.code === -32000, "never silent");
      const { code: exit, stderr } = await host.ended();
      assert.equal(exit, 0);
      assert.match(stderr, error ? /^\{[^\n]*the connection ends; not answered: 1[^\n]*\n$/ : /^$/);
    }
  });
}

Deno.test("serve ends quietly when nobody reads its output", async () => {
  const host = new Host();
  await host.stopReading();
  await host.send(INITIALIZE);
  const { code, stderr } = await host.ended();
  assert.deepEqual([code, stderr], [0, ""]);
});

Deno.test("serve logs one line each to standard error, as much as asked for", async () => {
  for (
    const [args, expected] of [
      [[], /^$/],
      [["--log-level", "info"], /"tool":"format_code".*"outcome":"ok"/],
    ] as const
  ) {
    const host = new Host([...args]);
    await host.send(INITIALIZE);
    await host.callTool(1, "format_code", { code: "x=1" });
    const { stderr } = await host.close();
    assert.match(stderr, expected);
    for (const line of stderr.trimEnd().split("\n").filter(Boolean)) {
      const { time, level, event } = JSON.parse(line);
      assert.ok(Date.parse(time) > 0 && /^(info|warning|error)$/.test(level) && event, line);
    }
  }
});

type Era = "legacy" | "auto" | { pin: string };

const eras: [string, Era, string][] = [
  ["with initialize", "legacy", "2025-11-25"],
  ["without initialize", { pin: "2026-07-28" }, "2026-07-28"],
  ["as it finds best", "auto", "2026-07-28"],
];

for (const [what, mode, version] of eras) {
  Deno.test({
    name: `serve works with the official client ${what}`,
    sanitizeOps: false, // the client leaves timers of its own
    sanitizeResources: false,
    fn: () => useOfficialClient(mode, version),
  });
}

async function useOfficialClient(mode: Era, version: string): Promise<void> {
  const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
  await client.connect(new StdioClientTransport({ command: BINARY, args: ["serve"] }));
  try {
    assert.equal(client.getNegotiatedProtocolVersion(), version);
    assert.equal(client.getServerVersion()?.name, "devmcp");
    const { tools } = await client.listTools();
    assert.ok(tools.length >= 3);
    const result = await client.callTool({ name: "review_code", arguments: { code: CODE } });
    assert.ok(!result.isError);
    const stop = AbortSignal.timeout(300);
    const call = { name: "review_code", arguments: { code: HUGE.slice(0, 9 * MEBIBYTE) } };
    await assert.rejects(client.callTool(call, { signal: stop }));
    await assertTooLargeIsTold(client);
    const unknown = client.callTool({ name: "nope", arguments: {} });
    await assert.rejects(unknown, { code: -32602 });
  } finally {
    await client.close();
  }
}

/** A message above 10 MiB would end the client's connection. */
async function assertTooLargeIsTold(client: Client): Promise<void> {
  const text = (mebibytes: number) => `s = """\n${"text\n".repeat(mebibytes * MEBIBYTE / 5)}"""\n`;
  const [near, above] = [text(5), text(8)];
  const format = (code: string) => client.callTool({ name: "format_code", arguments: { code } });
  const { structuredContent } = await format(near) as Message;
  assert.equal(structuredContent.formatted_code, near);
  const result = await format(above) as Message;
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /^Cannot answer "format_code": .*too large.*devmcp format/);
}
