/**
 * Has the metrics read by Prometheus' own client for Python, names and values as hostile as clients
 * make them.
 *
 *     deno run -A oracles/prometheus.ts --python VENV/bin/python
 */
import { parseArgs } from "node:util";
import { createMetrics } from "../telemetry/create_metrics.ts";

/** What it understood of one family of metrics. */
interface Family {
  name: string;
  type: string;
  samples: [name: string, labels: Record<string, string>, value: number][];
}

const READ = `
import json, sys
from prometheus_client.parser import text_string_to_metric_families
print(json.dumps([
    {"name": f.name, "type": f.type, "samples": [[s.name, s.labels, s.value] for s in f.samples]}
    for f in text_string_to_metric_families(sys.stdin.read())
]))
`;
import { type Comparison, tell } from "./comparison.ts";

const HOSTILE = ['a"b', "a\\b", "a\nb", "\u202eä{}=,", ""];
const REQUESTS = 3;

const TYPES: Record<string, string> = {
  mcp_server_operation_duration: "histogram",
  mcp_server_session_duration: "histogram",
  gen_ai_client_operation_duration: "histogram",
  gen_ai_client_token_usage: "histogram",
  http_server_request_duration: "histogram",
  devmcp_refused: "counter",
  devmcp_calls_running: "gauge",
  process_memory_usage: "gauge",
};

/** @throws when Python or its package cannot be run */
export async function compareWithPrometheus(python: string): Promise<Comparison[]> {
  const families = await read(python, await writeMetrics());
  const find = (name: string) => families.find((family) => family.name === name);
  const types = Object.entries(TYPES).filter(([name, type]) => find(name)?.type !== type);
  const operations = find("mcp_server_operation_duration")?.samples ?? [];
  const targets = operations.filter(([name]) => name.endsWith("_count"))
    .map(([, labels]) => labels.gen_ai_tool_name);
  return [
    outcome("types", types.map(([name, type]) => `${name} is no ${type}`)),
    outcome("labels", HOSTILE.filter((text) => !targets.includes(text) && text !== "")),
    outcome("buckets", wrongBuckets(operations)),
  ];
}

function outcome(name: string, wrong: string[]): Comparison {
  return { name, passed: wrong.length === 0, detail: wrong.join("\n") || "as it should be" };
}

async function writeMetrics(): Promise<string> {
  const { sink, text } = createMetrics({ service: HOSTILE[0]!, version: "1" });
  for (const name of HOSTILE) {
    for (let i = 0; i < REQUESTS; i++) {
      sink({
        type: "request_ended",
        requestId: "1",
        method: "tools/call",
        target: name,
        transport: "http",
        outcome: "ok",
        durationMs: 10 ** i,
      });
    }
    sink({ type: "model", provider: name, model: name, durationMs: 5, inputTokens: 3 });
  }
  sink({ type: "session_closed", sessionId: "s", transport: "stdio", durationMs: 5 });
  sink({ type: "http", requestId: "", method: "GET", route: "/", status: 200, durationMs: 1 });
  sink({ type: "refused", transport: "http", reason: "busy" });
  return await text();
}

async function read(python: string, text: string): Promise<Family[]> {
  const child = new Deno.Command(python, {
    args: ["-c", READ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Each bucket holds those before it, and the last all. */
function wrongBuckets(samples: Family["samples"]): string[] {
  const tops = samples.filter(([, labels]) => labels.le === "+Inf");
  const wrong = tops.filter(([, , value]) => value !== REQUESTS);
  const missing = tops.length === HOSTILE.length ? [] : [`${tops.length} histograms`];
  return [...missing, ...wrong.map((sample) => JSON.stringify(sample))];
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { python: { type: "string", default: "python3" } } });
  tell(await compareWithPrometheus(values.python));
}
