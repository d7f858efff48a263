/** `devmcp serve` beside the SDK's minimal server and FastMCP's. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CompiledPeers } from "./compile_peers.ts";
import { type HttpLoad, openHttpLoad } from "./http_load.ts";
import { openMcpSession } from "./mcp_session.ts";
import { median } from "./measure.ts";
import { openRawHttpClient, type ToolCall } from "./raw_http_client.ts";
import type { Row } from "./row.ts";
import { openStdioLoad } from "./stdio_load.ts";

const FASTMCP = fileURLToPath(new URL("fastmcp_minimal.py", import.meta.url));
const ECHO: ToolCall = { name: "echo", arguments: { text: "hello" } };
const CHEAP: ToolCall = { name: "format_code", arguments: { code: "x=1\n" } };
const ROUNDS = 5;
const ROUND_MS = 1500;
const CLIENTS = [1, 10, 100];

export interface ServePeers extends CompiledPeers {
  devmcp: string;
  /** With FastMCP. */
  python: string;
}

/** All rows about the server. */
export async function* measureServe(peers: ServePeers): AsyncGenerator<Row> {
  yield await initialize(peers);
  yield* await stdio(peers);
  yield* await http(peers);
  yield await idleSessions(peers);
  yield await besideSlowCalls(peers);
}

async function initialize({ devmcp, minimal }: ServePeers): Promise<Row> {
  const commands = [[devmcp, "serve"], [minimal]];
  const times: number[][] = [[], []];
  for (let run = 0; run < 16; run++) {
    for (const [i, command] of commands.entries()) {
      const start = performance.now();
      const session = await openMcpSession(command);
      if (run > 0) times[i]!.push(performance.now() - start);
      await session.close();
    }
  }
  const factor = median(times[0]!.map((ms, run) => ms / times[1]![run]!));
  return {
    what: "`devmcp serve`: spawn → initialize",
    figure: `${median(times[0]!).toFixed(0)} ms`,
    peer: `the SDK's minimal server, compiled: ${median(times[1]!).toFixed(0)} ms`,
    ratio: `${factor.toFixed(2)} ×`,
    target: "≤ 1.3 ×",
    holds: factor <= 1.3,
  };
}

/** A server under load; gives calls a second. */
type Load = { run(atOnce: number, ms: number): Promise<number>; close(): Promise<void> };

async function stdio({ own, minimal, devmcp, python }: ServePeers): Promise<Row[]> {
  const loads = [
    await openStdioLoad([own, "stdio"], ECHO),
    await openStdioLoad([minimal], ECHO),
    await openStdioLoad([python, FASTMCP, "stdio"], ECHO),
    await openStdioLoad([devmcp, "serve"], CHEAP),
  ];
  return await throughput("stdio, calls under way at once", loads);
}

async function http(peers: ServePeers): Promise<Row[]> {
  const loads = [
    await openHttpLoad([peers.own, "http"], ECHO),
    await openHttpLoad([peers.minimalHttp], ECHO),
    await openFastMcp(peers),
    await openHttpLoad([peers.devmcp, "serve", "--http", "127.0.0.1:0", "--metrics"], CHEAP),
  ];
  return await throughput("HTTP, clients", loads);
}

async function openFastMcp({ python }: ServePeers): Promise<HttpLoad> {
  const port = freePort();
  const url = `http://127.0.0.1:${port}/mcp`;
  return await openHttpLoad([python, FASTMCP, "http", String(port)], ECHO, url);
}

/** In turn, A B C A B C …, so that a slow moment of the machine hits all alike. */
async function throughput(transport: string, loads: Load[]): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    for (const atOnce of CLIENTS) {
      const rates: number[][] = loads.map(() => []);
      for (const load of loads) await load.run(atOnce, ROUND_MS / 3);
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, load] of loads.entries()) rates[i]!.push(await load.run(atOnce, ROUND_MS));
      }
      rows.push(...toRows(`tools/call over ${transport}: ${atOnce}`, rates));
    }
  } finally {
    for (const load of loads) await load.close();
  }
  return rows;
}

function toRows(what: string, [own, sdk, fast, product]: number[][]): Row[] {
  const perSecond = (rates: number[]) => `${Math.round(median(rates)).toLocaleString("en")}/s`;
  const against = (peer: number[], name: string, least: number): Row => {
    const factor = median(own!.map((rate, i) => rate / peer[i]!));
    return {
      what,
      figure: `echo on our server ${perSecond(own!)} (\`format_code\`: ${perSecond(product!)})`,
      peer: `${name}: ${perSecond(peer)}`,
      ratio: `${factor.toFixed(2)} ×`,
      target: `≥ ${least} ×`,
      holds: factor >= least,
    };
  };
  return [
    against(sdk!, "echo on the SDK's minimal server, compiled", 0.9),
    against(fast!, "echo on FastMCP for Python", 3),
  ];
}

const SESSIONS = 2000;

async function idleSessions({ devmcp }: ServePeers): Promise<Row> {
  const load = await openHttpLoad([devmcp, "serve", "--http", "127.0.0.1:0", "--metrics"], CHEAP);
  try {
    const before = await residentMegabytes(load.pid);
    await load.connect(SESSIONS);
    const after = await residentMegabytes(load.pid);
    return {
      what: `Memory with ${SESSIONS.toLocaleString("en")} idle sessions over HTTP`,
      figure: `${Math.round(after)} MB (without any: ${Math.round(before)} MB)`,
      peer: "",
      ratio: "",
      target: "< 400 MB",
      holds: after < 400,
    };
  } finally {
    await load.close();
  }
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024 / 1e6;
}

const SLOW_CALLS = 5;
const CHEAP_CALLS = 1000;
/** Some seconds of work, in a call's own arguments. */
const SLOW: ToolCall = {
  name: "analyze_complexity",
  arguments: { code: "def f(a):\n    return [b for b in a if b and a or b]\n".repeat(60_000) },
};

async function besideSlowCalls({ devmcp }: ServePeers): Promise<Row> {
  const load = await openHttpLoad([devmcp, "serve", "--http", "127.0.0.1:0", "--metrics"], CHEAP);
  const busy = await Promise.all(
    Array.from({ length: SLOW_CALLS }, () => openSlowClient(load.url)),
  );
  try {
    const [client] = await load.connect(1);
    await client!.call();
    let isOver = false;
    const slow = Promise.all(busy.map(async (one) => {
      while (!isOver) await one.call();
    }));
    const times: number[] = [];
    while (times.length < CHEAP_CALLS) {
      const start = performance.now();
      await client!.call();
      times.push(performance.now() - start);
    }
    isOver = true;
    await slow;
    const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
    return {
      what: `99 of 100 \`format_code\` over HTTP while ${SLOW_CALLS} slow calls run`,
      figure: `${p99.toFixed(0)} ms (half of them: ${median(times).toFixed(1)} ms)`,
      peer: "",
      ratio: "",
      target: "< 100 ms",
      holds: p99 < 100,
    };
  } finally {
    for (const one of busy) one.close();
    await load.close();
  }
}

async function openSlowClient(url: string) {
  return await openRawHttpClient(url, SLOW);
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

if (import.meta.main) {
  const { compilePeers } = await import("./compile_peers.ts");
  const [devmcp = "./devmcp", bin = ""] = Deno.args;
  const peers = { ...await compilePeers(), devmcp, python: join(bin, "python") };
  for await (const { what, figure, peer, ratio, holds } of measureServe(peers)) {
    console.log(`${holds ? "holds" : "FAILS"} ${what}: ${figure}; ${peer} ${ratio}`);
  }
}
