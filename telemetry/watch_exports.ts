import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import { oneLine } from "../config/one_line.ts";

/** The same exporter, whose failures are told: the first of a streak. */
export function watchExports(
  exporter: SpanExporter,
  /** Where it sends, as it may be shown. */
  target: string,
  warn: (text: string) => void,
): SpanExporter {
  let isFailing = false;
  const note = ({ code, error }: ExportResult) => {
    const failed = code !== ExportResultCode.SUCCESS;
    if (failed && !isFailing) warn(`Cannot send traces to ${target}: ${why(error)}`);
    isFailing = failed;
  };
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        note(result);
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

function why(error?: Error): string {
  return oneLine(error?.message || "the collector refuses them");
}
