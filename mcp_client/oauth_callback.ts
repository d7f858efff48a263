import { atMost } from "../config/at_most.ts";
import { ToolError } from "../config/tool_error.ts";

/** Waits on this machine for the browser to come back from the authorization server. */
export interface OAuthCallback extends AsyncDisposable {
  /** Where the browser is to be sent. */
  url: string;
  /** The parameters of the one request with our state. @throws {ToolError} when it has another state */
  reply: Promise<URLSearchParams>;
}

export interface OAuthCallbackOptions {
  /** What the request must bring back, which nobody else can know. */
  state: string;
  /** @default a free one */
  port?: number;
  signal: AbortSignal;
}

const PATH = "/callback";
/** For what is still on its way; a connection that somebody holds open holds nothing up. */
const FAREWELL_MS = 500;

/** Listens for one request, on the loopback address alone. @throws {Deno.errors.AddrInUse} */
export function listenForCallback(
  { state, port = 0, signal }: OAuthCallbackOptions,
): OAuthCallback {
  const { promise: reply, resolve, reject } = Promise.withResolvers<URLSearchParams>();
  reply.catch(() => {}); // it may be refused before anyone waits
  const listener = Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, (request) => {
    const url = new URL(request.url);
    if (request.method !== "GET" || url.pathname !== PATH || !isForUs(request)) {
      return page(404, "Nothing is here.");
    }
    if (url.searchParams.get("state") !== state) {
      reject(new ToolError("Cannot log in: the browser came back from another login"));
      return page(400, "This is not the login that devmcp waits for.");
    }
    resolve(url.searchParams);
    return page(200, "devmcp has the answer. Please go back to the terminal.");
  });
  const host = `127.0.0.1:${listener.addr.port}`;
  // A web page that made its own name point here would send that name.
  const isForUs = (request: Request) => request.headers.get("host") === host;
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted) stop();
  return {
    url: `http://${host}${PATH}`,
    reply,
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", stop);
      listener.unref();
      await atMost(FAREWELL_MS, listener.shutdown());
    },
  };
}

function page(status: number, text: string): Response {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "connection": "close",
  };
  return new Response(`<!doctype html><title>devmcp</title><p>${text}</p>\n`, { status, headers });
}
