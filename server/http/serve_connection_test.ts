import assert from "node:assert/strict";
import { serveConnection } from "./serve_connection.ts";

/** A response that has begun and never ends. */
function endless(): Response {
  const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([10])) });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

// That nothing is left open is what `deno test` itself checks.
Deno.test("serveConnection() keeps nothing of a client that left amid a stream", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const accepting = listener.accept();
  const client = await Deno.connect({ hostname: "127.0.0.1", port });
  const accepted = await accepting;
  const { finished } = serveConnection(accepted, {
    signal: new AbortController().signal,
    handle: (_request, sent) => {
      sent.catch(() => {});
      return endless();
    },
    onError: () => new Response(null, { status: 500 }),
  });
  await client.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: here\r\n\r\n"));
  await client.read(new Uint8Array(1000));
  client.close();
  await assert.rejects(finished);
  listener.close();
});
