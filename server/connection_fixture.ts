/** A connection to a server over lines in memory, for tests: raw messages, both eras. */
import { z } from "zod";
import type { Effects, ModelUse } from "../tools/tool.ts";
import { toolSchemas } from "../tools/tool_schemas.ts";
import type { CallTool } from "./call_tool.ts";
import { createMcpServer, type McpServerOptions } from "./mcp_server.ts";
import { serveStdio } from "./stdio.ts";

// deno-lint-ignore no-explicit-any
export type Message = any;

/** Of the tools that need nothing. */
export const SCHEMAS = toolSchemas({
  input: z.object({
    code: z.string().optional().describe("Code"),
    path: z.string().optional().describe("File"),
  }),
  output: z.object({ lines: z.int().describe("Lines") }),
});

/** A tool that needs to be told something. */
const asking = toolSchemas({
  input: z.object({
    request: z.string().describe("What to do"),
    style: z.enum(["short", "long"]).default("short").describe("How"),
  }),
  output: z.object({ lines: z.int().describe("Lines") }),
});

const entry = (name: string, effects: Effects, asksModel?: ModelUse) => ({
  name,
  title: name,
  summary: `${name}.`,
  effects,
  asksModel,
  load: () => Promise.reject(new Error("loaded in the server's thread")),
});

const echo: CallTool = (_name, { code }) =>
  Promise.resolve({ ok: true, output: { lines: 1 }, text: String(code) });

/** What a client that speaks 2026-07-28 says with each request. */
export const modernMeta = (capabilities: object = {}) => ({
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": capabilities,
});

/** The parameters of `initialize`. */
export const initialize = (protocolVersion: string, capabilities: object = {}) => ({
  protocolVersion,
  capabilities,
  clientInfo: { name: "test", version: "0" },
});

/**
 * A served connection: `call` sends a request and gives the response, `next` waits for a message
 * that fits.
 */
export function connect(callTool: CallTool = echo, options: Partial<McpServerOptions> = {}) {
  const input = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 100 });
  const messages: Message[] = [];
  const waiting = new Set<(message: Message) => void>();
  const output = new WritableStream<Uint8Array>({
    write: (bytes) => {
      for (const line of new TextDecoder().decode(bytes).trimEnd().split("\n")) {
        const message = JSON.parse(line);
        messages.push(message);
        for (const look of waiting) look(message);
      }
    },
  });
  const stop = new AbortController();
  const served = serveStdio({
    input: input.readable,
    output,
    signal: stop.signal,
    log: () => {},
    createServer: () =>
      createMcpServer({
        version: "1.2.3",
        tools: [
          entry("count_lines", "none"),
          entry("write_file", "writes"),
          entry("ask_much", "model", "always"),
        ],
        schemas: () =>
          Promise.resolve({ count_lines: SCHEMAS, write_file: SCHEMAS, ask_much: asking }),
        callTool,
        log: () => {},
        ...options,
      }),
  });
  const writer = input.writable.getWriter();
  const send = (message: object) =>
    writer.write(new TextEncoder().encode(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`));
  const next = (fits: (message: Message) => boolean) =>
    new Promise<Message>((resolve) => {
      const look = (message: Message) => {
        if (!fits(message)) return;
        waiting.delete(look);
        resolve(message);
      };
      waiting.add(look);
      messages.forEach(look);
    });
  let ids = 100;
  const call = async (method: string, params?: object, id: unknown = ids++): Promise<Message> => {
    await send({ id, method, params });
    return await next((message) => message.id === id && !message.method);
  };
  const end = async () => {
    await writer.close();
    await served;
  };
  return { send, call, next, end, stop, served, messages };
}
