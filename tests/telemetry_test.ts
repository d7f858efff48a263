import assert from "node:assert/strict";
import { startFakeOllama } from "../models/fakes/fake_ollama.ts";
import { type CollectedSpan, startCollector } from "../telemetry/fake_collector.ts";
import { inFolder } from "./devmcp.ts";
import { homeIn, type HttpHost, soon, withHttpHost } from "./http_host.ts";
import { withHost } from "./mcp_host.ts";
import { legacyClient, modernClient } from "./mcp_over_http.ts";
import { goodModel } from "./model_world.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
const TRACEPARENT = `00-${TRACE}-${PARENT}-01`;
/** What nobody must ever find outside of the answers. */
const CANARY = "CANARY7261";
const CODE = `def ${CANARY}(a):\n    return a+1 # ${CANARY}\n`;

const ALL = (collector: string, more = "") => `
logging:
  level: debug
${more}
telemetry:
  otlp_endpoint: ${collector}
server:
  metrics: true
`;

function named(spans: CollectedSpan[], name: string): CollectedSpan {
  const span = spans.find((one) => one.name === name);
  assert.ok(span, `no ${name}: ${spans.map((one) => one.name)}`);
  return span;
}

function assertSecret(told: string, secret: string): void {
  const at = told.indexOf(secret);
  assert.ok(at < 0, told.slice(Math.max(0, at - 500), at + 500));
}

function logOf(stderr: string) {
  const lines = stderr.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line));
}

Deno.test("over HTTP, logs, metrics and traces tell of each request, and never what was in it", async () => {
  const collector = startCollector();
  const fake = await startFakeOllama({ reply: goodModel });
  const config = ALL(collector.url);
  let told = "";
  let session = "";
  let server: HttpHost | undefined;
  await withHttpHost(async (host) => {
    server = host;
    const modern = modernClient(host.url);
    const _meta = { traceparent: TRACEPARENT, tracestate: "a=1", baggage: `secret=${CANARY}` };
    const call = {
      name: "generate_code",
      arguments: { description: `${CANARY} adds two numbers` },
      _meta,
    };
    const { answer } = await modern.request("tools/call", call);
    assert.ok(!answer.result.isError, JSON.stringify(answer));
    const legacy = await legacyClient(host.url);
    session = legacy.headers["mcp-session-id"]!;
    await legacy.request("tools/call", { name: "format_code", arguments: { code: CODE } });
    await legacy.request("tools/call", { name: "review_code", arguments: { path: CANARY } });
    await legacy.request("tools/call", { name: CANARY, arguments: { code: CODE } });
    await legacy.request(`x/${CANARY}`);
    await legacy.request("resources/read", { uri: `results://${CANARY}` });
    const base = host.url.replace(/mcp$/, "");
    await (await fetch(`${base}${CANARY}?token=${CANARY}`)).body?.cancel();
    const headers = { authorization: `Bearer ${CANARY}` };
    assert.equal((await fetch(host.url, { method: "POST", headers, body: CODE })).status, 401);
    const metrics = await (await fetch(`${base}metrics`)).text();
    checkMetrics(metrics);
    await soon(collector.have(8), "spans");
    told += metrics;
  }, { env: { OLLAMA_HOST: fake.url, OTEL_EXPORTER_OTLP_HEADERS: "x-key=k1" }, config })
    .finally(() => Promise.all([fake.stop(), collector.stop()]));
  checkSpans(collector.spans, session);
  assert.equal(collector.requests[0]!.headers.get("x-key"), "k1");
  checkLog(logOf(server!.stderr));
  told += server!.stderr + collector.requests.map(({ body }) => body).join("");
  assertSecret(told, CANARY);
  assertSecret(told, session);
});

function checkMetrics(metrics: string): void {
  for (
    const part of [
      /mcp_server_operation_duration_count\{mcp_method_name="tools\/call",mcp_protocol_version="2026-07-28",.*gen_ai_tool_name="generate_code".*\} 1\n/,
      /mcp_server_operation_duration_count\{.*gen_ai_tool_name="review_code".*error_type="tool_error"\} 1\n/,
      /mcp_server_operation_duration_count\{mcp_method_name="_OTHER".*rpc_response_status_code="-32601"\} 1\n/,
      /gen_ai_client_token_usage_count\{.*gen_ai_provider_name="ollama".*gen_ai_token_type="output"\} [1-9]/,
      /http_server_request_duration_count\{http_request_method="GET",http_route="other",http_response_status_code="404"\} 1\n/,
      /devmcp_sessions 1\n/,
      /devmcp_connections [1-9]/,
      /devmcp_calls_running 0\n/,
    ]
  ) assert.match(metrics, part);
}

function checkSpans(spans: CollectedSpan[], session: string): void {
  const generate = named(spans, "tools/call generate_code");
  assert.deepEqual([generate.traceId, generate.parentSpanId], [TRACE, PARENT]);
  assert.deepEqual([generate.kind, generate.traceState], [2, "a=1"]);
  assert.equal(generate.attributes["mcp.protocol.version"], "2026-07-28");
  const chat = spans.find(({ name }) => name.startsWith("chat "))!;
  assert.deepEqual([chat.traceId, chat.parentSpanId], [TRACE, generate.spanId]);
  assert.equal(chat.attributes["gen_ai.provider.name"], "ollama");
  assert.ok(Number(chat.attributes["gen_ai.usage.output_tokens"]) > 0);
  const review = named(spans, "tools/call review_code");
  assert.deepEqual([review.status, review.attributes["error.type"]], [2, "tool_error"]);
  assert.equal(review.attributes["mcp.session.id"], session.slice(-8));
  assert.equal(named(spans, "tools/call").attributes["rpc.response.status_code"], "-32602");
}

function checkLog(log: ReturnType<typeof logOf>): void {
  const find = (values: Record<string, unknown>) =>
    log.find((line) => Object.entries(values).every(([name, value]) => line[name] === value));
  assert.ok(find({ event: "request_ended", tool: "generate_code", outcome: "ok" }));
  assert.ok(find({ event: "request_ended", tool: "review_code", outcome: "tool_error" }));
  assert.ok(find({ event: "model", provider: "ollama", tool: "generate_code", outcome: "ok" }));
  assert.ok(find({ event: "refused", reason: "unauthorized", level: "warning" }));
  assert.ok(find({ event: "http", http_route: "/mcp", http_status: 401 }));
}

Deno.test("over stdio, the log names request, tool, outcome and time, and never what was in it", async () => {
  const collector = startCollector();
  let stderr = "";
  await inFolder({ "config/devmcp/devmcp.yaml": ALL(collector.url) }, async (folder) => {
    const env = homeIn(folder);
    stderr = await withHost(
      async (host) => {
        const _meta = { traceparent: TRACEPARENT };
        await host.request(1, "tools/call", {
          name: "format_code",
          arguments: { code: CODE },
          _meta,
        });
        await host.callTool(2, "review_code", { code: `${CANARY} = = \n` });
        await host.callTool(3, CANARY, {});
        await host.callTool(4, "review_code", { path: CANARY });
        await host.request(5, CANARY);
        await host.send(`${CANARY}\n`, { jsonrpc: "2.0", id: 6, method: CANARY, params: [] });
        await host.send({ jsonrpc: "2.0", id: CANARY, result: { code: CODE } });
        await host.response(6);
      },
      [],
      env,
    );
  }).finally(() => collector.stop());
  const log = logOf(stderr);
  const call = log.find(({ tool, outcome }) => tool === "format_code" && outcome);
  assert.ok(call, stderr);
  const { method, transport, outcome, principal, latency_ms, request_id } = call;
  assert.deepEqual({ method, transport, outcome, principal }, {
    method: "tools/call",
    transport: "stdio",
    outcome: "ok",
    principal: "local",
  });
  assert.ok(latency_ms > 0 && request_id);
  const span = named(collector.spans, "tools/call format_code");
  assert.deepEqual([span.traceId, span.parentSpanId], [TRACE, PARENT]);
  assert.equal(span.attributes["network.transport"], "pipe");
  assertSecret(stderr + collector.requests.map(({ body }) => body), CANARY);
});

Deno.test("the log goes to a file, which is rotated by size and count", async () => {
  const logging = "  file: LOG\n  max_mb: 0.01\n  files: 2";
  await inFolder({}, async (folder) => {
    const file = `${folder}/logs/devmcp.log`;
    const config = ALL('""', logging.replace("LOG", file));
    await Deno.mkdir(`${folder}/config/devmcp`, { recursive: true });
    await Deno.writeTextFile(`${folder}/config/devmcp/devmcp.yaml`, config);
    const stderr = await withHost(
      async (host) => {
        for (let i = 0; i < 150; i++) await host.request(i, "ping");
      },
      [],
      homeIn(folder),
    );
    assert.equal(stderr, "");
    const names = (await Array.fromAsync(Deno.readDir(`${folder}/logs`))).map(({ name }) => name);
    assert.deepEqual(names.sort(), [
      "devmcp.log",
      "devmcp.log.1",
      "devmcp.log.2",
      "devmcp.log.lock",
    ]);
    const files = [file, `${file}.1`, `${file}.2`];
    const texts = await Promise.all(files.map((name) => Deno.readTextFile(name)));
    for (const text of texts) {
      assert.ok(text.length <= 10_000 && text.length > 0, `${text.length}`);
      assert.ok(logOf(text).length === text.trimEnd().split("\n").length, text);
    }
    assert.equal(logOf(texts[0]!).at(-1).event, "server_stopped");
  });
});

Deno.test("a log that can be written no more is said once, and the server goes on", async () => {
  await inFolder({ "config/devmcp/devmcp.yaml": "" }, async (folder) => {
    const file = `${folder}/devmcp.log`;
    await Deno.writeTextFile(
      `${folder}/config/devmcp/devmcp.yaml`,
      ALL('""', `  file: ${file}`),
    );
    const stderr = await withHost(
      async (host) => {
        await Deno.remove(file);
        await Deno.mkdir(file);
        for (let i = 0; i < 20; i++) assert.ok((await host.request(i, "ping")).result);
      },
      [],
      homeIn(folder),
    );
    assert.match(
      stderr,
      /^devmcp: warning: Cannot write the log ".*devmcp\.log": it is a folder\n$/,
    );
  });
});

Deno.test("a collector that is not there costs one line, and no call waits for it", async () => {
  const collector = startCollector();
  await collector.stop();
  await inFolder({ "config/devmcp/devmcp.yaml": "" }, async (folder) => {
    const env = { ...homeIn(folder), OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const stderr = await withHost(
      async (host) => {
        for (let i = 0; i < 100; i++) assert.ok((await host.request(i, "ping")).result);
      },
      [],
      env,
    );
    const log = logOf(stderr);
    assert.ok(log.length <= 1, stderr);
    for (const { message } of log) assert.match(message, /^Cannot send traces to http:/);
  });
});
