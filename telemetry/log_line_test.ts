import assert from "node:assert/strict";
import fc from "fast-check";
import type { LogLevel } from "../config/choices.ts";
import type { ServerEvent } from "../config/server_events.ts";
import { ended, started } from "./event_fixture.ts";
import { isLogged, levelOf, logLine } from "./log_line.ts";

const TIME = new Date("2026-11-20T12:00:00.000Z");

Deno.test("logLine() tells of a request by whom, for how long and with what outcome", () => {
  const line = logLine(ended({ outcome: "error", errorCode: -32602 }), started(), TIME);
  assert.deepEqual(JSON.parse(line), {
    time: "2026-11-20T12:00:00.000Z",
    level: "info",
    event: "request_ended",
    request_id: "r-1",
    method: "tools/call",
    tool: "review_code",
    transport: "http",
    protocol: "2025-11-25",
    principal: "key:ci",
    session: "3a2b9c10",
    latency_ms: 12.3,
    outcome: "error",
    error_code: -32602,
  });
});

Deno.test("logLine() tells of models, HTTP, sessions and refusals", () => {
  const cases: [ServerEvent, Record<string, unknown>][] = [
    [
      { type: "model", requestId: "r-1", provider: "ollama", model: "m:7b", durationMs: 5 },
      { provider: "ollama", model: "m:7b", tool: "review_code", outcome: "ok" },
    ],
    ...["cancelled", "timeout"].map((errorType): [ServerEvent, Record<string, unknown>] => [
      { type: "model", provider: "ollama", model: "m:7b", durationMs: 5, errorType },
      { outcome: errorType === "timeout" ? "error" : "cancelled", error_type: errorType },
    ]),
    [
      { type: "http", requestId: "h", method: "GET", route: "/health", status: 200, durationMs: 1 },
      { http_method: "GET", http_route: "/health", http_status: 200, latency_ms: 1 },
    ],
    [
      { type: "session_closed", sessionId: "abcdefghijkl", transport: "http", durationMs: 9 },
      { session: "efghijkl", transport: "http", duration_ms: 9 },
    ],
    [{ type: "refused", transport: "http", reason: "rate", status: 429 }, {
      reason: "rate",
      http_status: 429,
    }],
  ];
  for (const [event, expected] of cases) {
    const found = JSON.parse(logLine(event, started()));
    for (const [name, value] of Object.entries(expected)) assert.equal(found[name], value, name);
  }
});

Deno.test("levelOf() keeps what is usual below a warning", () => {
  const cases: [ServerEvent, LogLevel][] = [
    [started(), "debug"],
    [ended(), "info"],
    [ended({ outcome: "tool_error" }), "info"],
    [ended({ outcome: "timeout" }), "warning"],
    [ended({ outcome: "error", errorCode: -32603 }), "warning"],
    [ended({ outcome: "error", errorCode: -32602 }), "info"],
    [{ type: "refused", transport: "http", reason: "unauthorized" }, "warning"],
    [{ type: "refused", transport: "http", reason: "busy" }, "info"],
    [{ type: "message", level: "error", text: "" }, "error"],
    [
      { type: "http", requestId: "", method: "GET", route: "/", status: 500, durationMs: 1 },
      "warning",
    ],
  ];
  for (const [event, level] of cases) assert.equal(levelOf(event), level, JSON.stringify(event));
  assert.ok(isLogged("error", "warning") && !isLogged("info", "warning"));
});

Deno.test("logLine() makes one line of printable text of anything", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
    const line = logLine(
      { type: "message", level: "info", text },
      started({ principal: text, sessionId: text }),
    );
    assert.match(line, /^[^\p{Cc}\u2028\u2029\u202a-\u202e]+\n$/u);
    assert.equal(JSON.parse(line).message, text);
  }));
});

Deno.test("logLine() cuts long messages", () => {
  const line = logLine({ type: "message", level: "info", text: "x".repeat(1e6) });
  assert.ok(line.length < 5000);
});
