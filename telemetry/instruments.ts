import type { Meter } from "@opentelemetry/api";
import type { ReadLoad } from "../config/server_events.ts";

/** Of the conventions for MCP, in seconds. */
const MCP = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
/** Of those for HTTP, in seconds. */
const HTTP = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
/** Of those for generative models: 0.01 seconds, and twice as long each. */
const MODEL = Array.from({ length: 14 }, (_, i) => 2 ** i / 100);
/** 1 token, and four times as many each. */
const TOKENS = Array.from({ length: 14 }, (_, i) => 4 ** i);

export type Instruments = ReturnType<typeof createInstruments>;

/** What is measured; the load and the memory are read when the metrics are. */
export function createInstruments(meter: Meter, readLoad: ReadLoad) {
  observeProcess(meter, readLoad);
  const histogram = (name: string, description: string, unit: string, buckets: number[]) =>
    meter.createHistogram(name, {
      description,
      unit,
      advice: { explicitBucketBoundaries: buckets },
    });
  const counter = (name: string, description: string) => {
    const made = meter.createUpDownCounter(name, { description });
    made.add(0); // else it is not there before the first
    return made;
  };
  return {
    operation: histogram("mcp.server.operation.duration", "Time of MCP requests", "s", MCP),
    session: histogram("mcp.server.session.duration", "Time of MCP sessions", "s", MCP),
    model: histogram("gen_ai.client.operation.duration", "Time of calls to models", "s", MODEL),
    tokens: histogram("gen_ai.client.token.usage", "Tokens of calls to models", "{token}", TOKENS),
    http: histogram("http.server.request.duration", "Time of HTTP requests", "s", HTTP),
    refused: meter.createCounter("devmcp.refused", { description: "What was refused, by reason" }),
    sessions: counter("devmcp.sessions", "Sessions open"),
    requests: counter("devmcp.requests", "MCP requests open"),
  };
}

function observeProcess(meter: Meter, readLoad: ReadLoad): void {
  const gauge = (name: string, description: string, read: () => number, unit?: string) =>
    meter.createObservableGauge(name, { description, unit }).addCallback((result) =>
      result.observe(read())
    );
  gauge("devmcp.calls.running", "Tool calls that run", () => readLoad().running);
  gauge("devmcp.calls.queued", "Tool calls that wait", () => readLoad().queued);
  gauge("devmcp.connections", "HTTP connections open", () => readLoad().connections);
  gauge("process.memory.usage", "Resident memory", () => Deno.memoryUsage().rss, "By");
}
