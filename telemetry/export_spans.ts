import { setTimeout as pause } from "node:timers/promises";
import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import { JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { OtlpTarget } from "./otlp_target.ts";

type Spans = Parameters<SpanExporter["export"]>[0];

/** Answers after which OTLP wants the same to be sent again. */
const PASSING = new Set([429, 502, 503, 504]);
/** Before the first further try; twice as long before each other. */
const RETRY_MS = 1000;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON. OpenTelemetry's own exporter goes by
 * `node:http`, whose connections throw where nobody can catch it when the collector has gone.
 *
 * @param sendMs how long one batch may take, with all its tries
 */
export function exportSpans(target: OtlpTarget, sendMs: number): SpanExporter {
  const underWay = new Set<Promise<void>>();
  const settled = async () => void await Promise.all(underWay);
  return {
    export(spans, done) {
      const sent = send(target, spans, AbortSignal.timeout(sendMs)).then(done);
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent));
    },
    forceFlush: settled,
    shutdown: settled,
  };
}

/** Never rejects. */
async function send(target: OtlpTarget, spans: Spans, signal: AbortSignal): Promise<ExportResult> {
  let error = new Error("no answer in time");
  try {
    const body = new Uint8Array(JsonTraceSerializer.serializeRequest(spans)!);
    for (let ms = RETRY_MS;; ms *= 2) {
      const failure = await post(target, body, signal).catch(asPassing);
      if (!failure) return { code: ExportResultCode.SUCCESS };
      if (!signal.aborted) error = failure.error;
      if (!failure.isPassing) break;
      await pause(ms, undefined, { signal });
    }
  } catch (reason) {
    if (!signal.aborted) error = reason as Error;
  }
  return { code: ExportResultCode.FAILED, error };
}

interface Failure {
  error: Error;
  isPassing: boolean;
}

async function post(
  { url, headers }: OtlpTarget,
  body: BodyInit,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
    redirect: "manual",
    signal,
  });
  await response.body?.cancel();
  const { ok, status } = response;
  if (!ok) return { error: new Error(`HTTP ${status}`), isPassing: PASSING.has(status) };
}

function asPassing(error: Error): Failure {
  return { error, isPassing: true };
}
