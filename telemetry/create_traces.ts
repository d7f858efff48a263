import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { atMost } from "../config/at_most.ts";
import { exportSpans } from "./export_spans.ts";
import type { OtlpTarget } from "./otlp_target.ts";
import type { Sink } from "./sink.ts";
import { traceEvents } from "./trace_events.ts";
import { watchExports } from "./watch_exports.ts";

export interface TracesOptions extends OtlpTarget {
  version: string;
  /** Share of the traces that is kept where the client says nothing, 0 to 1. */
  ratio: number;
  /** Told when sending fails, once until it works again. */
  warn(text: string): void;
}

export interface Traces {
  sink: Sink;
  /** Sends what is left, for `ms` at most; it is lost when nobody takes it. */
  close(ms: number): Promise<void>;
}

/** One attempt to send, with what the exporter tries again within it. */
const SEND_MS = 5000;
/** How long spans are collected before they are sent. */
const COLLECT_MS = 1000;
/** Spans that wait at most; more are lost. */
const MOST_WAITING = 4096;

/** Traces of requests and of their calls to models, sent by OTLP. */
export function createTraces(options: TracesOptions): Traces {
  const { url, warn } = options;
  const exporter = watchExports(
    exportSpans(options, SEND_MS),
    new URL(url).origin,
    warn,
  );
  const provider = new TracerProvider({
    resource: describe(options),
    sampler: samplerOf(options.ratio),
    spanLimits: { attributeValueLengthLimit: 256, attributeCountLimit: 32 },
    spanProcessors: [collect(exporter)],
  });
  return {
    sink: traceEvents(provider.getTracer("devmcp", options.version)),
    close: (ms) => atMost(ms, provider.shutdown().catch(() => {})),
  };
}

function describe({ service, version }: TracesOptions) {
  const own = resourceFromAttributes({ "service.name": service, "service.version": version });
  // OTEL_RESOURCE_ATTRIBUTES
  return detectResources({ detectors: [envDetector] }).merge(own);
}

function samplerOf(ratio: number) {
  const root = ratio < 1 ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
  return new ParentBasedSampler({ root });
}

function collect(exporter: SpanExporter) {
  return new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: COLLECT_MS,
    exportTimeoutMillis: SEND_MS + 1000,
    maxQueueSize: MOST_WAITING,
  });
}
