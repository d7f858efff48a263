import { type About, CallFault, cutOff, lostConnection, toModelError } from "./call_fault.ts";
import type { BackendOptions } from "../chat_model.ts";
import { type Endpoint, parseEndpoint } from "./endpoint.ts";
import { readText } from "./line_reader.ts";
import { fetchUntil } from "./fetch_until.ts";
import { faultOfResponse } from "./refusal.ts";

/** A server as calls are sent to it. */
export interface Server {
  /** The base URL, without credentials. */
  url: string;
  kind: Endpoint["kind"];
  /** Basic from the URL's credentials, Bearer from a key. */
  authorization?: string;
  timeoutMs: number;
  fetch: typeof fetch;
}

/** One call to a server: all its requests share one deadline. */
export interface Call {
  readonly signal: AbortSignal;
  /**
   * Sends a request, JSON if it has a body. Redirects are not followed.
   *
   * @returns the response, whose status is 2xx
   * @throws {CallFault}
   */
  send(url: string, init?: { method?: string; body?: string }): Promise<Response>;
  /** Gives the call its whole time again, where the limit is that of a silence. */
  renew(): void;
  /** What to throw for an error in the call: why it was ended, or the error for users. */
  explain(error: unknown): unknown;
  /** Ends the call and what is still under way in it. */
  [Symbol.dispose](): void;
}

/** setTimeout takes no longer ones: it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Where and how the calls of a backend are sent.
 *
 * @throws {ToolError} when the URL cannot be used
 */
export function createServer(
  options: Pick<BackendOptions, "url" | "timeoutMs" | "apiKey" | "fetch">,
  kind: Endpoint["kind"],
): Server {
  const url = new URL(parseEndpoint(options.url, kind).url);
  const authorization = options.apiKey ? `Bearer ${options.apiKey}` : basicOf(url);
  url.username = url.password = "";
  return {
    url: url.href.replace(/\/$/, ""),
    kind,
    authorization,
    timeoutMs: Math.min(options.timeoutMs, LONGEST_MS),
    fetch: options.fetch ?? globalThis.fetch,
  };
}

function basicOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const bytes = new TextEncoder().encode(`${decode(username)}:${decode(password)}`);
  return `Basic ${bytes.toBase64()}`;
}

/** A `%` that stands for itself is no error. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Starts a call; it must be disposed of, which ends it. */
export function startCall(server: Server, about: About, signal?: AbortSignal): Call {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const expire = () => controller.abort(new CallFault("timeout", waited(server.timeoutMs)));
  let timer = setTimeout(expire, server.timeoutMs);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    send: (url, init) => send(server, controller.signal, url, init),
    renew: () => {
      clearTimeout(timer);
      timer = setTimeout(expire, server.timeoutMs);
    },
    explain: (error) => {
      const reason = controller.signal.aborted ? controller.signal.reason : error;
      return reason instanceof CallFault ? toModelError(reason, about) : reason;
    },
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      controller.abort();
    },
  };
}

/**
 * Makes a call of one or more requests within the server's timeout.
 *
 * @throws {ModelError} for what goes wrong at the server or on the way
 * @throws the reason of `signal` once that is aborted
 */
export async function callServer<T>(
  server: Server,
  about: About,
  signal: AbortSignal | undefined,
  run: (call: Call) => Promise<T>,
): Promise<T> {
  using call = startCall(server, about, signal);
  try {
    return await run(call);
  } catch (error) {
    throw call.explain(error);
  }
}

function waited(timeoutMs: number): string {
  const time = timeoutMs < 100 ? `${timeoutMs} ms` : `${Math.round(timeoutMs / 100) / 10} s`;
  return `no whole answer within ${time}`;
}

async function send(
  server: Server,
  signal: AbortSignal,
  url: string,
  { method = "POST", body }: { method?: string; body?: string } = {},
): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json, text/event-stream" };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (server.authorization) headers.authorization = server.authorization;
  const init = { method, body, headers, redirect: "manual" } as const;
  const response = await fetchUntil(signal, server.fetch, url, init).catch((error) => {
    throw lostConnection(error);
  });
  if (!response.ok) throw await faultOfResponse(response);
  if (/text\/html/i.test(response.headers.get("content-type") ?? "")) throw notJson("<");
  return response;
}

/**
 * The JSON value that a response is.
 *
 * @throws {CallFault} when it is none, or longer than `maxBytes`
 */
export async function readJson(response: Response, maxBytes: number): Promise<unknown> {
  return parseJson(await readText(response.body, maxBytes));
}

/** @throws {CallFault} for what is no JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(text);
  }
}

function notJson(text: string): CallFault {
  if (/^\s*</.test(text)) {
    return new CallFault("protocol", "the server answered with HTML, not JSON");
  }
  if (text.trim() === "") return new CallFault("protocol", "the server's answer is empty");
  return cutOff("the server's answer is broken JSON or was cut off");
}
