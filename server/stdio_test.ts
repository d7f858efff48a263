import assert from "node:assert/strict";
import { connect, initialize, type Message, modernMeta, SCHEMAS } from "./connection_fixture.ts";
import { serveStdio } from "./stdio.ts";

const modern = modernMeta();

for (const version of ["2025-11-25", "2025-06-18", "2024-11-05"]) {
  Deno.test(`serveStdio() speaks ${version}`, async () => {
    const { call, send, end } = connect();
    const { result } = await call("initialize", initialize(version));
    assert.equal(result.protocolVersion, version);
    const { icons, ...info } = result.serverInfo;
    assert.deepEqual(info, { name: "devmcp", title: "devmcp", version: "1.2.3" });
    assert.match(icons[0].src, /^data:image\/png;base64,/);
    assert.match(result.instructions, /only write_file changes files/);
    await send({ method: "notifications/initialized" });
    const list = await call("tools/list");
    assert.deepEqual(list.result.tools.map((tool: Message) => tool.name), [
      "count_lines",
      "write_file",
      "ask_much",
    ]);
    await end();
  });
}

Deno.test("serveStdio() offers a version it knows to a client that wants another", async () => {
  const { call, end } = connect();
  const { result } = await call("initialize", initialize("1999-01-01"));
  assert.equal(result.protocolVersion, "2025-11-25");
  await end();
});

Deno.test("serveStdio() speaks 2026-07-28, without initialize", async () => {
  const { call, end } = connect();
  const discovered = await call("server/discover", { _meta: modern });
  assert.deepEqual(discovered.result.supportedVersions, ["2026-07-28"]);
  const list = await call("tools/list", { _meta: modern });
  assert.equal(list.result.tools.length, 3);
  assert.equal(list.result.ttlMs, 3_600_000);
  const [first, later] = [discovered, list].map(({ result }) =>
    result._meta["io.modelcontextprotocol/serverInfo"]
  );
  assert.deepEqual([first.icons.length, later.icons, later.version], [1, undefined, "1.2.3"]);
  const params = { name: "count_lines", arguments: { code: "a" }, _meta: modern };
  const { result } = await call("tools/call", params);
  assert.deepEqual(result.structuredContent, { lines: 1 });
  await end();
});

Deno.test("createMcpServer() lists schemas and annotations, and loads no tool", async () => {
  const { call, end } = connect();
  const { result } = await call("tools/list");
  const [count, write] = result.tools;
  assert.deepEqual(count.inputSchema, SCHEMAS.input);
  assert.deepEqual(count.outputSchema, SCHEMAS.output);
  assert.equal(count.annotations.readOnlyHint, true);
  assert.equal(write.annotations.destructiveHint, true);
  await end();
});

Deno.test("createMcpServer() gives a tool's output as structure and as text", async () => {
  const { call, end } = connect();
  const { result } = await call("tools/call", { name: "count_lines", arguments: { code: "a" } });
  assert.deepEqual(result, {
    content: [{ type: "text", text: "a" }],
    structuredContent: { lines: 1 },
  });
  await end();
});

Deno.test("createMcpServer() cuts a text of megabytes, and says where the rest is", async () => {
  const { call, end } = connect();
  const code = "x".repeat(3_000_000);
  const { result } = await call("tools/call", { name: "count_lines", arguments: { code } });
  assert.match(result.content[0].text.slice(-100), /structuredContent has all/);
  assert.ok(result.content[0].text.length < 2_200_000);
  await end();
});

Deno.test("createMcpServer() gives a failure as a result with what to do next", async () => {
  const { call, end } = connect(() =>
    Promise.resolve({ ok: false, message: "Cannot read", hint: "look" })
  );
  const { result } = await call("tools/call", { name: "count_lines" });
  assert.deepEqual(result, {
    content: [{ type: "text", text: "Cannot read (look)" }],
    isError: true,
  });
  await end();
});

const wrong: [string, string, object | undefined, number, RegExp][] = [
  ["an unknown method", "nope", undefined, -32601, /not found/i],
  [
    "an unknown tool",
    "tools/call",
    { name: "count_line" },
    -32602,
    /did you mean "count_lines".*count_lines, write_file/,
  ],
  [
    "a name that is no string",
    "tools/call",
    { name: 5 },
    -32602,
    /^Cannot call "tools\/call": `params\.name`: [^\n]*$/,
  ],
  [
    "arguments that are no object",
    "tools/call",
    { name: "count_lines", arguments: "x" },
    -32602,
    /`params\.arguments`/,
  ],
  ["a missing name", "tools/call", undefined, -32602, /`params`/],
  ["a cursor that is no string", "tools/list", { cursor: 5 }, -32602, /`params\.cursor`/],
  ["initialize without parameters", "initialize", undefined, -32602, /`params`/],
];

for (const [what, method, params, code, message] of wrong) {
  Deno.test(`createMcpServer() answers ${what} with the error ${code}`, async () => {
    const { call, end } = connect();
    const { error } = await call(method, params);
    assert.equal(error.code, code);
    assert.match(error.message, message);
    await end();
  });
}

Deno.test("createMcpServer() passes progress on to a caller that gave a token", async () => {
  const { call, end, messages } = connect((_name, _args, { progress }) => {
    progress(1, 2, "half");
    return Promise.resolve({ ok: true, output: { lines: 1 }, text: "" });
  });
  await call("tools/call", { name: "count_lines" });
  assert.equal(messages.length, 1);
  await call("tools/call", { name: "count_lines", _meta: { progressToken: "p" } });
  assert.deepEqual(messages[1].params, {
    progressToken: "p",
    progress: 1,
    total: 2,
    message: "half",
  });
  await end();
});

Deno.test("createMcpServer() aborts a cancelled call, answers it not, and goes on", async () => {
  const [started, aborted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { call, send, end, messages } = connect((name, _args, { signal }) => {
    if (name === "write_file") return Promise.resolve({ ok: true, output: { lines: 1 }, text: "" });
    started.resolve();
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        aborted.resolve();
        reject(signal.reason);
      });
    });
  });
  await send({ id: 1, method: "tools/call", params: { name: "count_lines" } });
  await started.promise;
  await send({ method: "notifications/cancelled", params: { requestId: 1 } });
  await aborted.promise;
  await call("tools/call", { name: "write_file" });
  assert.deepEqual(messages.map(({ id }) => id), [100]);
  await end();
});

Deno.test("serveStdio() ends when its signal is aborted, and aborts what is under way", async () => {
  const aborted = Promise.withResolvers<void>();
  const { send, stop, served } = connect((_name, _args, { signal }) => {
    signal.addEventListener("abort", () => aborted.resolve());
    stop.abort();
    return new Promise(() => {});
  });
  await send({ id: 1, method: "tools/call", params: { name: "count_lines" } });
  await Promise.all([served, aborted.promise]);
});

Deno.test("serveStdio() ends at once when its signal is aborted already", async () => {
  const stop = AbortSignal.abort();
  const input = new ReadableStream<Uint8Array>();
  const output = new WritableStream<Uint8Array>();
  const createServer = () => assert.fail("nobody asked");
  await serveStdio({ input, output, signal: stop, log: () => {}, createServer });
});
