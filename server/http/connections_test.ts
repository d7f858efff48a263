import assert from "node:assert/strict";
import { Connections } from "./connections.ts";

Deno.test("Connections keeps nothing of a connection that had ended before it was served", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepting = listener.accept();
  const client = await Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port });
  const accepted = await accepting;
  for (const connection of [client, accepted, listener]) connection.close();
  const connections = new Connections({
    handle: () => Promise.reject(new Error("there is no request")),
    emit: () => {},
    maxConnections: 1,
    headerMs: 10_000,
    idleMs: 10_000,
    writeMs: 10_000,
  });
  connections.serve(accepted);
  assert.equal(connections.size, 0);
  await connections.close(10_000);
});
