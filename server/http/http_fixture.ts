/** A server with tools of a test's kind, and what one needs to serve it over HTTP. */
import { Server } from "@modelcontextprotocol/server";
import { DEFAULTS } from "../../config/schema.ts";
import type { ServerConfig } from "../../config/config.ts";
import type { ServerEvent } from "../../config/server_events.ts";
import type { CallGate } from "../call_gate.ts";
import type { Caller } from "../caller.ts";
import type { HttpOptions } from "./http_options.ts";

export const MODERN = "2026-07-28";
export const LEGACY = "2025-11-25";

/** What happened to calls of the tool `wait`. */
export interface Calls {
  started: number;
  aborted: number;
  /** Ends all that wait, with a result. */
  finish(): void;
}

export interface HttpFixture {
  options: HttpOptions;
  events: ServerEvent[];
  calls: Calls;
}

type Limits = Partial<ServerConfig["limits"]>;

/**
 * `echo` gives its text, as often as `times` says, and who called; `wait` does so once it is finished
 * or aborted; `scopes` gives what the caller may.
 */
export function httpFixture(
  { limits, ...config }: Partial<Omit<ServerConfig, "limits">> & { limits?: Limits } = {},
  more: Partial<HttpOptions> = {},
): HttpFixture {
  const events: ServerEvent[] = [];
  const waiting = new Set<() => void>();
  const calls: Calls = { started: 0, aborted: 0, finish: () => waiting.forEach((end) => end()) };
  const options: HttpOptions = {
    config: { ...DEFAULTS.server, ...config, limits: { ...DEFAULTS.server.limits, ...limits } },
    createServer: (caller) => createServer(caller, calls, waiting),
    gate: OPEN_GATE,
    emit: (event) => void events.push(event),
    ready: () => Promise.resolve({ ready: true, checks: {} }),
    ...more,
  };
  return { options, events, calls };
}

const OPEN_GATE: CallGate = {
  laneOf: () => "quick",
  refusal: () => undefined,
  count: () => {},
  run: (_principal, _signal, work) => work(),
};

function createServer(caller: Caller, calls: Calls, waiting: Set<() => void>): Server {
  const server = new Server({ name: "fixture", version: "0" }, { capabilities: { tools: {} } });
  server.setRequestHandler("tools/list", () => ({
    tools: [{ name: "echo", inputSchema: { type: "object" } }],
  }));
  server.setRequestHandler("tools/call", async ({ params }, { mcpReq }) => {
    const { text: given, times = 1 } = params.arguments ?? {};
    const text = `${String(given).repeat(times as number)} for ${caller.principal.id}`;
    if (params.name === "scopes") {
      return { content: [{ type: "text", text: caller.principal.scopes.join(" ") }] };
    }
    if (params.name === "wait") await wait(mcpReq.signal, calls, waiting);
    return { content: [{ type: "text", text }] };
  });
  return server;
}

async function wait(signal: AbortSignal, calls: Calls, waiting: Set<() => void>): Promise<void> {
  calls.started++;
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.add(resolve);
  const abort = () => {
    calls.aborted++;
    resolve();
  };
  signal.addEventListener("abort", abort);
  await promise;
  signal.removeEventListener("abort", abort);
}

// deno-lint-ignore no-explicit-any -- messages of a protocol, as JSON
export type Message = any;

/** A POST to `/mcp`, of the older protocol unless headers say otherwise. */
export function post(
  message: Message,
  headers: Record<string, string> = {},
  url = "http://127.0.0.1/mcp",
): Request {
  return new Request(url, {
    method: "POST",
    headers: {
      host: new URL(url).host,
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
      ...headers,
    },
    body: typeof message === "string" ? message : JSON.stringify(message),
  });
}

export const INITIALIZE = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: {
    protocolVersion: LEGACY,
    capabilities: {},
    clientInfo: { name: "test", version: "0" },
  },
};

/** A call of the newest protocol: its message and the headers that go with it. */
export function modernCall(name: string, args: object, id: number | string = 1): Request {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const params = { name, arguments: args, _meta };
  return post({ jsonrpc: "2.0", id, method: "tools/call", params }, {
    "mcp-protocol-version": MODERN,
    "mcp-method": "tools/call",
    "mcp-name": name,
  });
}

/** A call of the older protocol. */
export function call(name: string, args: object = {}, id: number | string = 1): Message {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args } };
}

/** The messages of a response, be it JSON or a stream; waits for its end. */
export async function messagesOf(response: Response): Promise<Message[]> {
  const text = await response.text();
  if (response.headers.get("content-type") === "application/json") return [JSON.parse(text)];
  return text.split("\n").filter((line) => /^data: ./.test(line))
    .map((line) => JSON.parse(line.slice("data: ".length)));
}
