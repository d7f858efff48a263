import { type Client, ProtocolError, SdkHttpError } from "@modelcontextprotocol/client";
import type { HttpServer } from "../config/server_definition.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Program } from "../sandbox/start_program.ts";
import { type ClientHandlers, createClient, type Era } from "./create_client.ts";
import type { GuardedTransport } from "./guarded_transport.ts";
import { createHttpTransport } from "./http_transport.ts";
import type { Fetch } from "./oauth_context.ts";
import { StdioTransport } from "./stdio_transport.ts";

/** A client that is connected. */
export interface OpenClient {
  client: Client;
  /** Resolves when the connection has ended, for whatever reason. */
  closed: Promise<void>;
  /** Why the connection ended, where that is known. Hostile. */
  problem(): string | undefined;
}

export interface OpenOptions {
  handlers: ClientHandlers;
  signal: AbortSignal;
  /** Of each step of the handshake. */
  timeoutMs: number;
}

/**
 * Connects over a transport.
 *
 * @throws what the SDK and the transport throw; the transport is closed then
 */
export async function openClient(
  transport: GuardedTransport,
  era: Era,
  { handlers, signal, timeoutMs }: OpenOptions,
): Promise<OpenClient> {
  const client = createClient(era, handlers);
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  client.onclose = resolve;
  try {
    await client.connect(transport, { signal, timeout: timeoutMs });
    signal.throwIfAborted();
    return { client, closed, problem: () => transport.problem };
  } catch (error) {
    await transport.close().catch(() => {});
    throw error;
  }
}

/**
 * Starts a server and connects to it. Nearly every server on stdio answers `initialize`, and some end
 * when they are asked anything else first: that is tried, and one that refuses it is started once more
 * for the newest revision alone. Asking first, as the SDK's `auto` does, would start each server twice.
 */
export async function openStdio(start: () => Program, options: OpenOptions): Promise<OpenClient> {
  const attempt = async (era: Era): Promise<OpenClient> => {
    const transport = new StdioTransport(start);
    try {
      return await openClient(transport, era, options);
    } catch (error) {
      throw transport.problem ? new ToolError(transport.problem, { cause: error }) : error;
    }
  };
  try {
    return await attempt("legacy");
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return await attempt("modern").catch(() => {
      throw error;
    });
  }
}

/**
 * Connects over Streamable HTTP, and over the older HTTP with SSE where the server knows no other. Here
 * the server is asked which revision it speaks: that costs a request, and no process.
 *
 * @param fetch brings what the server wants to see beside the headers: a token
 */
export async function openHttp(
  { url: text, headers, onlySse }: Pick<HttpServer, "url" | "headers" | "onlySse">,
  fetch: Fetch,
  options: OpenOptions,
): Promise<OpenClient> {
  const url = parseUrl(text);
  const attempt = async (sse: boolean): Promise<OpenClient> => {
    const transport = createHttpTransport(url, { headers, fetch, sse });
    return await openClient(transport, sse ? "legacy" : "auto", options);
  };
  if (onlySse) return await attempt(true);
  try {
    return await attempt(false);
  } catch (error) {
    if (!isOlderServer(error)) throw error;
    return await attempt(true).catch(() => {
      throw error;
    });
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url;
  throw new ToolError("Cannot use its url: it must be http:// or https://, without a password");
}

/** What servers of the older transport answer to a POST at their address. */
function isOlderServer(error: unknown): boolean {
  return error instanceof SdkHttpError && [400, 404, 405, 501].includes(error.data.status ?? 0);
}
