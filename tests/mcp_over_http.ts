/** What clients of both eras send over HTTP, and how they read what comes back. */
import assert from "node:assert/strict";
import type { Message } from "./mcp_host.ts";

export const JSON_HEADERS = {
  "content-type": "application/json",
  accept: "application/json, text/event-stream",
};

const MODERN = "2026-07-28";
const LEGACY = "2025-11-25";

/** The messages of a response: one, or those of its events. */
export function messagesOf(contentType: string | null | undefined, body: string): Message[] {
  if (contentType?.startsWith("application/json")) return [JSON.parse(body)];
  const data = body.split("\n").filter((line) => line.startsWith("data:")).map((line) =>
    line.slice("data:".length).trim()
  );
  return data.filter(Boolean).map((text) => JSON.parse(text));
}

/** A client that only asks; each has a session or none. */
export interface RawClient {
  /** Sends a request and gives all that comes back, and its answer. */
  request(method: string, params?: object, options?: RequestInit): Promise<Reply>;
  /** Sends a request with the progress token `token`, and gives what comes back as it comes. */
  open(method: string, params: object, options?: RequestInit): Promise<Response>;
  headers: Record<string, string>;
}

export interface Reply {
  response: Response;
  answer: Message;
  messages: Message[];
}

async function post(url: string, headers: Record<string, string>, message: object, more = {}) {
  const body = JSON.stringify(message);
  return await fetch(url, { method: "POST", headers, body, ...more });
}

async function readReply(response: Response, id: unknown): Promise<Reply> {
  const messages = messagesOf(response.headers.get("content-type"), await response.text());
  const answers = messages.filter((one) => one.method === undefined);
  assert.equal(answers.length, 1, `${answers.length} answers to ${id}`);
  assert.equal(answers[0].id, id);
  return { response, messages, answer: answers[0] };
}

/** A client that sends what `envelope` makes of a method and its parameters. */
function clientOf(
  url: string,
  headers: Record<string, string>,
  envelope: (method: string, params: object) => { more?: Record<string, string>; params: object },
): RawClient {
  let count = 0; // every client begins with the same ids
  const send = (id: string, method: string, given: object, options: RequestInit = {}) => {
    const { more, params } = envelope(method, given);
    return post(url, { ...headers, ...more }, { jsonrpc: "2.0", id, method, params }, options);
  };
  return {
    headers,
    open: (method, params, options) => {
      const _meta = { progressToken: "token" };
      return send(`r${++count}`, method, { ...params, _meta }, options);
    },
    request: async (method, params, options) => {
      const id = `r${++count}`;
      return await readReply(await send(id, method, params ?? {}, options), id);
    },
  };
}

/** A client since 2026-07-28: every request stands for itself. */
export function modernClient(url: string, more: Record<string, string> = {}): RawClient {
  const headers = { ...JSON_HEADERS, "mcp-protocol-version": MODERN, ...more };
  const meta = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return clientOf(url, headers, (method, params) => {
    const { name, uri, _meta } = params as { name?: string; uri?: string; _meta?: object };
    const named = name ?? uri;
    const more = { "mcp-method": method, ...(named ? { "mcp-name": named } : {}) };
    return { more, params: { ...params, _meta: { ...meta, ..._meta } } };
  });
}

/** A client up to 2025-11-25, with the session it has opened. */
export async function legacyClient(
  url: string,
  more: Record<string, string> = {},
): Promise<RawClient> {
  const plain = { ...JSON_HEADERS, ...more };
  const params = {
    protocolVersion: LEGACY,
    capabilities: {},
    clientInfo: { name: "test", version: "0" },
  };
  const opened = await post(url, plain, { jsonrpc: "2.0", id: 0, method: "initialize", params });
  const session = opened.headers.get("mcp-session-id");
  await readReply(opened, 0);
  assert.ok(session, `no session: ${opened.status}`);
  const headers = { ...plain, "mcp-session-id": session, "mcp-protocol-version": LEGACY };
  const told = await post(url, headers, { jsonrpc: "2.0", method: "notifications/initialized" });
  await told.body?.cancel();
  assert.equal(told.status, 202);
  return clientOf(url, headers, (_method, params) => ({ params }));
}
