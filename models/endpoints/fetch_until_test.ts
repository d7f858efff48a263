import assert from "node:assert/strict";
import { atMost } from "../../config/at_most.ts";
import { fetchUntil } from "./fetch_until.ts";

/** So often that the runtime's own way leaves some open. */
const ROUNDS = 200;
const PATIENCE_MS = 20_000;

Deno.test("fetchUntil() leaves no connection open, however close an abort comes to the response", async () => {
  const worker = new Worker(import.meta.resolve("./fetch_until_fixture.ts"), { type: "module" });
  let open = 0;
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  let rounds = 0;
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, ({ signal }) => {
    open++;
    signal.addEventListener("abort", () => --open === 0 && rounds === ROUNDS && resolve());
    setTimeout(() => worker.postMessage("stop"));
    return new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(1)) }));
  });
  while (rounds < ROUNDS) {
    const ended = new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
    worker.postMessage(`http://127.0.0.1:${server.addr.port}/`);
    assert.equal(await ended, "stopped");
    rounds++;
  }
  await atMost(PATIENCE_MS, open > 0 ? closed : Promise.resolve());
  worker.terminate();
  await server.shutdown();
  assert.equal(open, 0);
});

Deno.test("fetchUntil() rejects with the reason, before and after the response", async () => {
  const reason = new Error("enough");
  const aborted = AbortSignal.abort(reason);
  await assert.rejects(
    async () => await fetchUntil(aborted, fetch, "http://127.0.0.1:9", {}),
    reason,
  );
  const controller = new AbortController();
  const never = (_: string, { signal }: { signal: AbortSignal }) =>
    new Promise<Response>((_, reject) => signal.onabort = () => reject(signal.reason));
  const fetched = fetchUntil(controller.signal, never as typeof fetch, "http://x/", {});
  controller.abort(reason);
  await assert.rejects(fetched, reason);
});
