import { openRawHttpClient, type RawHttpClient, type ToolCall } from "./raw_http_client.ts";

/** A server over HTTP, and clients of it. */
export interface HttpLoad {
  pid: number;
  url: string;
  /** Calls a second over `ms` milliseconds of so many new clients, each with one under way all the time. */
  run(clients: number, ms: number): Promise<number>;
  /** Opens clients, one after the other; they stay until the server is closed. */
  connect(clients: number): Promise<RawHttpClient[]>;
  close(): Promise<void>;
}

/** Starts a server that writes its URL to standard error, or listens at the one that is given. */
export async function openHttpLoad(
  [program, ...args]: string[],
  call: ToolCall,
  given?: string,
): Promise<HttpLoad> {
  const child = new Deno.Command(program!, {
    args,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const url = given ?? await readUrl(child.stderr);
  if (given) {
    void child.stderr.pipeTo(new WritableStream()).catch(() => {});
    await answers(given);
  }
  const opened: RawHttpClient[] = [];
  const connect = async (count: number) => {
    const clients: RawHttpClient[] = [];
    while (clients.length < count) clients.push(await openRawHttpClient(url, call));
    opened.push(...clients);
    return clients;
  };
  return {
    pid: child.pid,
    url,
    connect,
    async run(count, ms) {
      // Servers close connections that were idle for some seconds.
      const clients = await connect(count);
      const start = performance.now();
      const done = await Promise.all(clients.map((client) => repeat(client, start + ms)));
      const seconds = (performance.now() - start) / 1000;
      for (const client of clients) client.close();
      return done.reduce((sum, calls) => sum + calls, 0) / seconds;
    },
    async close() {
      for (const client of opened) client.close();
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

async function repeat(client: RawHttpClient, end: number): Promise<number> {
  for (let calls = 1;; calls++) {
    await client.call();
    if (performance.now() >= end) return calls;
  }
}

/** What is logged later is read too: a full pipe would stop the server. */
async function readUrl(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  const decoder = new TextDecoder();
  stderr.pipeTo(
    new WritableStream({
      write(bytes) {
        if (text.length > 10_000) return;
        text += decoder.decode(bytes);
        const [url] = /http:\/\/\S+\/mcp/.exec(text) ?? [];
        if (url) resolve(url);
      },
      close: () => reject(new Error(`Cannot measure: the server ended: ${text}`)),
    }),
  ).catch(reject);
  return await promise;
}

/** Waits until something listens. */
async function answers(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  for (let tries = 0; tries < 300; tries++) {
    try {
      (await Deno.connect({ hostname, port: Number(port) })).close();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Cannot measure: nothing listens at ${url}`);
}
