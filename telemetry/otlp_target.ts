import type { Config } from "../config/config.ts";
import type { TelemetryWorld } from "./telemetry_world.ts";

/** Where traces are sent, and as whose. */
export interface OtlpTarget {
  /** Of the traces. */
  url: string;
  service: string;
  /** What the collector wants beside the traces, such as a key. */
  headers?: Record<string, string>;
}

const TRACES = "v1/traces";

/**
 * Where traces are sent: where the configuration says, else where OpenTelemetry's own variables say.
 * Undefined: nowhere. Variables that are meant for other programs and cannot be followed are told.
 */
export function otlpTarget(
  { otlp_endpoint, service_name }: Partial<Config["telemetry"]>,
  { env, say }: Pick<TelemetryWorld, "env" | "say">,
): OtlpTarget | undefined {
  const configured = otlp_endpoint ? withPath(otlp_endpoint) : undefined;
  const url = configured ?? fromEnvironment(env, say);
  if (!url) return;
  const isNamed = service_name !== undefined && service_name !== "devmcp";
  const service = isNamed ? service_name : env("OTEL_SERVICE_NAME") || "devmcp";
  return { url, service, headers: headersIn(env) };
}

function headersIn(env: TelemetryWorld["env"]): Record<string, string> {
  const names = ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"];
  const pairs = names.flatMap((name) => (env(name) ?? "").split(","));
  return Object.fromEntries(pairs.flatMap((pair) => readHeader(pair)));
}

/** `name=value`, percent-encoded; what cannot be sent is left out. */
function readHeader(pair: string): [name: string, value: string][] {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (name === undefined) return [];
  try {
    const [entry] = new Headers([[
      decodeURIComponent(name.trim()),
      decodeURIComponent(text!.trim()),
    ]]);
    return entry ? [entry] : [];
  } catch {
    return [];
  }
}

function fromEnvironment(
  env: TelemetryWorld["env"],
  say: TelemetryWorld["say"],
): string | undefined {
  if (env("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return;
  if (env("OTEL_TRACES_EXPORTER") === "none") return;
  const own = env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  const general = env("OTEL_EXPORTER_OTLP_ENDPOINT");
  const text = own || general;
  if (!text) return;
  const url = httpUrl(text);
  if (url && !isGrpc(env)) return own ? url : withPath(url);
  const why = url ? "only OTLP over HTTP is spoken" : "not an http or https URL";
  say(`warning: Cannot send traces where OpenTelemetry's variables say: ${why}`);
}

function isGrpc(env: TelemetryWorld["env"]): boolean {
  const protocol = env("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") || env("OTEL_EXPORTER_OTLP_PROTOCOL");
  return protocol === "grpc";
}

function httpUrl(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function withPath(base: string): string {
  const url = base.replace(/\/+$/, "");
  return url.endsWith(`/${TRACES}`) ? url : `${url}/${TRACES}`;
}
