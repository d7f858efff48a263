import type { ServerEvent, Telemetry, TelemetrySettings } from "../config/server_events.ts";
import { type OpenLog, openLog } from "./open_log.ts";
import { type OtlpTarget, otlpTarget } from "./otlp_target.ts";
import { createRequestStarts } from "./request_starts.ts";
import type { Sink } from "./sink.ts";
import type { TelemetryWorld } from "./telemetry_world.ts";

/** How long closing may take, where nothing else is said. */
const CLOSE_MS = 2000;
/** How much of that is for sending. */
const SENDING = 0.75;

/**
 * Opens the logs, metrics and traces of a server, as configured. What is not wanted is not loaded.
 *
 * @throws {ToolError} when the log's file cannot be opened, or its disk is full
 */
export async function openTelemetry(
  settings: TelemetrySettings,
  world: TelemetryWorld,
): Promise<Telemetry> {
  const log = await openLog(settings.logging ?? {}, world);
  const target = otlpTarget(settings.telemetry ?? {}, world);
  const [metrics, traces] = await Promise.all([
    settings.server?.metrics ? openMetrics(settings, world) : undefined,
    target && openTraces(target, settings, world, log),
  ]);
  const sinks = [log, metrics, traces].flatMap((part) => part?.sink ?? []);
  return {
    emit: emitTo(sinks),
    metrics: metrics?.text,
    watch: metrics?.watch,
    close: async (ms = CLOSE_MS) => {
      const end = performance.now() + ms;
      // The log last: it tells of what could not be sent.
      await Promise.all([traces?.close(ms * SENDING), metrics?.close()]);
      await log.close(Math.max(0, end - performance.now()));
    },
  };
}

/** Nothing that goes wrong in telemetry reaches what it tells of. */
function emitTo(sinks: Sink[]): (event: ServerEvent) => void {
  const findStart = createRequestStarts();
  return (event) => {
    const request = findStart(event);
    for (const sink of sinks) {
      try {
        sink(event, request);
      } catch {
        // the others are told all the same
      }
    }
  };
}

async function openMetrics({ telemetry }: TelemetrySettings, { version }: TelemetryWorld) {
  const { createMetrics } = await import("./create_metrics.ts");
  return createMetrics({ service: telemetry?.service_name ?? "devmcp", version });
}

async function openTraces(
  target: OtlpTarget,
  { telemetry }: TelemetrySettings,
  { version }: TelemetryWorld,
  { sink }: OpenLog,
) {
  const { createTraces } = await import("./create_traces.ts");
  return createTraces({
    ...target,
    version,
    ratio: telemetry?.sample_ratio ?? 1,
    warn: (text) => sink({ type: "message", level: "warning", text }),
  });
}
