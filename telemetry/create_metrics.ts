import { PrometheusSerializer } from "@opentelemetry/exporter-prometheus";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import type { ReadLoad } from "../config/server_events.ts";
import { createInstruments } from "./instruments.ts";
import { recordEvent } from "./record_event.ts";
import type { Sink } from "./sink.ts";

export interface Metrics {
  sink: Sink;
  /** All of them, in Prometheus' text format. */
  text(): Promise<string>;
  /** Where the server's load is read from now on, when the metrics are. */
  watch(read: ReadLoad): void;
  close(): Promise<void>;
}

/** Metrics by OpenTelemetry's conventions for MCP, generative models and HTTP, read by whoever asks. */
export function createMetrics(
  { service, version }: { service: string; version: string },
): Metrics {
  const reader = new OnDemandReader();
  const resource = resourceFromAttributes({ "service.name": service, "service.version": version });
  const provider = new MeterProvider({ resource, readers: [reader] });
  let readLoad: ReadLoad = () => ({ running: 0, queued: 0, connections: 0 });
  const instruments = createInstruments(provider.getMeter("devmcp", version), () => readLoad());
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  return {
    sink: recordEvent(instruments),
    text: async () => serializer.serialize((await reader.collect()).resourceMetrics) + "\n",
    watch: (read) => void (readLoad = read),
    close: () => provider.shutdown(),
  };
}

/** The SDK's own exporter for Prometheus listens on a port of its own. */
class OnDemandReader extends MetricReader {
  protected onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}
