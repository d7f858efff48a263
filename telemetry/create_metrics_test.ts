import assert from "node:assert/strict";
import type { ServerEvent } from "../config/server_events.ts";
import { createMetrics } from "./create_metrics.ts";
import { ended, started } from "./event_fixture.ts";

/** The metrics after these events, line by line. */
async function metricsAfter(events: ServerEvent[]): Promise<string[]> {
  const metrics = createMetrics({ service: "tests", version: "1" });
  metrics.watch(() => ({ running: 3, queued: 2, connections: 7 }));
  for (const event of events) metrics.sink(event);
  const text = await metrics.text();
  await metrics.close();
  return text.split("\n");
}

const CALL = 'mcp_method_name="tools/call",mcp_protocol_version="2025-11-25",' +
  'gen_ai_operation_name="execute_tool",gen_ai_tool_name="review_code",network_transport="tcp",' +
  'network_protocol_name="http"';

Deno.test("createMetrics() counts calls by tool and outcome, in buckets", async () => {
  const lines = await metricsAfter([
    started(),
    ended({ durationMs: 15 }),
    ended({ durationMs: 15, outcome: "error", errorCode: -32602 }),
    ended({ durationMs: 15, outcome: "timeout" }),
    started({ requestId: "r-2" }),
  ]);
  for (
    const line of [
      `mcp_server_operation_duration_bucket{${CALL},le="0.01"} 0`,
      `mcp_server_operation_duration_bucket{${CALL},le="0.02"} 1`,
      `mcp_server_operation_duration_bucket{${CALL},le="300"} 1`,
      `mcp_server_operation_duration_count{${CALL},error_type="-32602",rpc_response_status_code="-32602"} 1`,
      `mcp_server_operation_duration_count{${CALL},error_type="timeout"} 1`,
      "devmcp_requests -1",
    ]
  ) assert.ok(lines.includes(line), `${line}\n${lines.join("\n")}`);
});

Deno.test("createMetrics() measures sessions, HTTP, models and refusals", async () => {
  const lines = await metricsAfter([
    { type: "session_opened", sessionId: "s", transport: "stdio" },
    { type: "session_opened", sessionId: "t", transport: "stdio" },
    { type: "session_closed", sessionId: "s", transport: "stdio", durationMs: 4000 },
    { type: "http", requestId: "", method: "BREW", route: "/mcp", status: 405, durationMs: 1 },
    {
      type: "model",
      provider: "ollama",
      model: "m:7b",
      durationMs: 100,
      inputTokens: 5,
      outputTokens: 70_000_000,
    },
    { type: "refused", transport: "http", reason: "rate" },
    { type: "refused", transport: "http", reason: "rate" },
  ]);
  const model =
    'gen_ai_operation_name="chat",gen_ai_provider_name="ollama",gen_ai_request_model="m:7b"';
  for (
    const line of [
      "devmcp_sessions 1",
      'mcp_server_session_duration_bucket{network_transport="pipe",le="5"} 1',
      'http_server_request_duration_count{http_request_method="_OTHER",http_route="/mcp",http_response_status_code="405"} 1',
      `gen_ai_client_operation_duration_bucket{${model},le="0.08"} 0`,
      `gen_ai_client_operation_duration_bucket{${model},le="0.16"} 1`,
      `gen_ai_client_operation_duration_bucket{${model},le="81.92"} 1`,
      `gen_ai_client_token_usage_bucket{${model},gen_ai_token_type="input",le="16"} 1`,
      `gen_ai_client_token_usage_bucket{${model},gen_ai_token_type="output",le="67108864"} 0`,
      `gen_ai_client_token_usage_bucket{${model},gen_ai_token_type="output",le="+Inf"} 1`,
      'devmcp_refused_total{reason="rate"} 2',
      "devmcp_calls_running 3",
      "devmcp_calls_queued 2",
      "devmcp_connections 7",
    ]
  ) assert.ok(lines.includes(line), `${line}\n${lines.join("\n")}`);
  assert.ok(lines.some((line) => /^process_memory_usage [1-9]\d+$/.test(line)));
});

Deno.test("createMetrics() has the counts of what is open before there is any", async () => {
  const lines = await metricsAfter([]);
  assert.ok(lines.includes("devmcp_sessions 0") && lines.includes("devmcp_requests 0"));
});

Deno.test("createMetrics() tells tools apart however many versions and models were named", async () => {
  const events = Array.from({ length: 300 }, (_, i) => ended({ protocolVersion: `v${i}` }));
  const lines = await metricsAfter([...events, ended({ target: "my_tool" })]);
  assert.ok(lines.some((line) => line.includes('gen_ai_tool_name="my_tool"')), lines.join("\n"));
});

Deno.test("createMetrics() names nobody and grows no further, whatever clients name", async () => {
  const events = Array.from({ length: 5000 }, (_, i) =>
    ended({
      requestId: `CANARY${i}`,
      method: i % 2 ? `CANARY${i}` : "tools/call",
      target: `t${i}`,
      protocolVersion: `v${i}`,
    }));
  const starts = [started({ principal: "CANARY", sessionId: "CANARY", resourceUri: "CANARY" })];
  const lines = await metricsAfter([...starts, ...events]);
  assert.doesNotMatch(lines.join("\n"), /CANARY/);
  assert.ok(lines.filter((line) => line.includes("duration_count")).length < 600);
});
