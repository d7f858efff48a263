import assert from "node:assert/strict";
import { createTraces, type Traces } from "./create_traces.ts";
import { ended, started } from "./event_fixture.ts";
import { type FakeCollector, startCollector } from "./fake_collector.ts";

/** The SDK keeps connections for the next time, and timers of what it has given up. */
const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";

interface World {
  collector: FakeCollector;
  traces: Traces;
  warnings: string[];
}

async function withTraces(test: (world: World) => Promise<void>, ratio = 1): Promise<void> {
  const collector = startCollector();
  const warnings: string[] = [];
  const traces = createTraces({
    url: `${collector.url}/v1/traces`,
    service: "tests",
    version: "1",
    ratio,
    warn: (text) => void warnings.push(text),
  });
  try {
    await test({ collector, traces, warnings });
  } finally {
    await collector.stop();
  }
}

test("createTraces() sends a span of a call, below the client's", () =>
  withTraces(async ({ collector, traces: { sink, close } }) => {
    const trace = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: "vendor=1" };
    sink(started({ trace }));
    sink(ended({ outcome: "tool_error" }));
    await close(5000);
    const [span] = collector.spans;
    assert.deepEqual([span!.traceId, span!.parentSpanId], [TRACE, PARENT]);
    assert.deepEqual([span!.name, span!.kind, span!.status], ["tools/call review_code", 2, 2]);
    assert.equal(span!.traceState, "vendor=1");
    assert.deepEqual(span!.attributes, {
      "mcp.method.name": "tools/call",
      "mcp.protocol.version": "2025-11-25",
      "mcp.session.id": "3a2b9c10",
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": "review_code",
      "network.transport": "tcp",
      "network.protocol.name": "http",
      "jsonrpc.request.id": "7",
      "error.type": "tool_error",
    });
    assert.equal(collector.resource["service.name"], "tests");
    assert.equal(collector.requests[0]!.path, "/v1/traces");
  }));

test("createTraces() begins a trace where the client's is not as the W3C says", () =>
  withTraces(async ({ collector, traces: { sink, close } }) => {
    const contexts = [
      undefined,
      { traceparent: "" },
      { traceparent: "00-0-0-01" },
      { traceparent: `00-${"0".repeat(32)}-${PARENT}-01` },
      { traceparent: `ff-${TRACE}-${PARENT}-01` },
      { traceparent: `00-${TRACE}-${PARENT}-01\r\nx: y` },
      { traceparent: "x".repeat(8000), tracestate: "y".repeat(8000) },
    ];
    contexts.forEach((trace, i) => {
      sink(started({ requestId: `${i}`, trace }));
      sink(ended({ requestId: `${i}` }));
    });
    await close(5000);
    assert.equal(collector.spans.length, contexts.length);
    for (const { traceId, parentSpanId } of collector.spans) {
      assert.notEqual(traceId, TRACE);
      assert.ok(!parentSpanId, parentSpanId);
    }
  }));

test("createTraces() puts calls to models below the request that made them", () =>
  withTraces(async ({ collector, traces: { sink, close } }) => {
    sink(started());
    sink({
      type: "model",
      requestId: "r-1",
      provider: "ollama",
      model: "mistral:7b",
      durationMs: 1500,
      inputTokens: 10,
      outputTokens: 20,
      errorType: "timeout",
    });
    sink(ended());
    await close(5000);
    const [chat, call] = collector.spans;
    assert.deepEqual([chat!.name, chat!.kind, chat!.status], ["chat mistral:7b", 3, 2]);
    assert.deepEqual([chat!.traceId, chat!.parentSpanId], [call!.traceId, call!.spanId]);
    assert.equal(chat!.endMs - chat!.startMs, 1500);
    assert.deepEqual(chat!.attributes, {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "ollama",
      "gen_ai.request.model": "mistral:7b",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 20,
      "error.type": "timeout",
    });
    assert.equal(call!.status ?? 0, 0);
  }));

test("createTraces() keeps the share of traces, but does as the client says", () =>
  withTraces(async ({ collector, traces: { sink, close } }) => {
    const flags = [undefined, "01", "00"];
    flags.forEach((flag, i) => {
      const trace = flag && { traceparent: `00-${TRACE}-${PARENT}-${flag}` } || undefined;
      sink(started({ requestId: `${i}`, rpcId: i, trace }));
      sink(ended({ requestId: `${i}` }));
    });
    await close(5000);
    assert.deepEqual(collector.spans.map((span) => span.attributes["jsonrpc.request.id"]), ["1"]);
  }, 0));

test("createTraces() says once that nobody takes them, and ends in time", async () => {
  const collector = startCollector();
  await collector.stop();
  const warnings: string[] = [];
  const url = `${collector.url}/v1/traces`;
  const warn = (text: string) => void warnings.push(text);
  const { sink, close } = createTraces({ url, service: "s", version: "1", ratio: 1, warn });
  for (let i = 0; i < 10_000; i++) {
    sink(started({ requestId: `${i}` }));
    sink(ended({ requestId: `${i}` }));
  }
  await close(60_000);
  assert.equal(warnings.length, 1, warnings.join("\n"));
  assert.match(warnings[0]!, /^Cannot send traces to http:\/\/127\.0\.0\.1:\d+: /);
});

test("createTraces() outlives a collector that goes away, and goes on when it is back", async () => {
  const first = startCollector();
  const { promise: warned, resolve: warn } = Promise.withResolvers<string>();
  const url = `${first.url}/v1/traces`;
  const { sink, close } = createTraces({ url, service: "s", version: "1", ratio: 1, warn });
  const call = (requestId: string) => {
    sink(started({ requestId }));
    sink(ended({ requestId }));
  };
  call("before");
  await first.have(1);
  await first.stop();
  const awake = setInterval(() => {}, 1000); // the SDK's own timers keep nothing going
  call("lost");
  assert.match(await warned, /^Cannot send traces to /);
  const second = startCollector(Number(new URL(first.url).port));
  call("after");
  await second.have(1);
  clearInterval(awake);
  await close(5000);
  await second.stop();
});

test("createTraces() waits no longer for a collector that says nothing than it may", () =>
  withTraces(async ({ collector, traces: { sink, close } }) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    collector.answer = () => promise;
    sink(started());
    sink(ended());
    await close(50);
    assert.deepEqual(collector.spans, []);
    resolve(Response.json({}));
  }));

test("createTraces() sends again what the collector was too busy for, with its headers", async () => {
  const collector = startCollector();
  collector.answer = () => {
    collector.answer = undefined;
    return new Response("", { status: 503 });
  };
  const warnings: string[] = [];
  const { sink, close } = createTraces({
    url: `${collector.url}/v1/traces`,
    headers: { "x-key": "k" },
    service: "s",
    version: "1",
    ratio: 1,
    warn: (text) => void warnings.push(text),
  });
  sink(started());
  sink(ended());
  await close(60_000);
  assert.equal(collector.spans.length, 1);
  assert.deepEqual(collector.requests.map(({ headers }) => headers.get("x-key")), ["k", "k"]);
  assert.deepEqual(warnings, []);
  await collector.stop();
});
