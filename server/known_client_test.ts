import assert from "node:assert/strict";
import { modernMeta } from "./connection_fixture.ts";
import { KnownClient } from "./known_client.ts";

const TRACE = { progressToken: 1, traceparent: "00-a" };
const clientOf = (version: string | undefined) => new KnownClient(() => version);

Deno.test("KnownClient knows nobody before the protocol is agreed on", () => {
  assert.equal(clientOf(undefined).isKnown(), false);
});

Deno.test("KnownClient knows clients up to 2025-11-25 by their connection", () => {
  const client = clientOf("2025-11-25");
  assert.equal(client.isModern, false);
  assert.ok(client.isKnown() && client.isKnown(TRACE));
  assert.equal(client.isKnown({ ...TRACE, "vendor/key": 1 }), false);
  assert.equal(client.isKnown(modernMeta()), false);
});

Deno.test("KnownClient knows later clients by what they have said before", () => {
  const client = clientOf("2026-07-28");
  const meta = modernMeta({ roots: {} });
  assert.equal(client.isModern, true);
  assert.equal(client.isKnown(meta), false);
  client.remember({ ...meta });
  assert.ok(client.isKnown(meta) && client.isKnown({ ...TRACE, ...meta }));
  const others = [
    undefined,
    {},
    TRACE,
    modernMeta(),
    modernMeta({ roots: [] }),
    {
      ...meta,
      "io.modelcontextprotocol/logLevel": "debug",
    },
    { ...meta, "io.modelcontextprotocol/logLevel": null },
    { ...meta, "vendor/key": 1 },
  ];
  for (const other of others) assert.equal(client.isKnown(other), false, JSON.stringify(other));
});

Deno.test("KnownClient tells what is null from what is absent", () => {
  const { "io.modelcontextprotocol/clientInfo": _, ...meta } = modernMeta();
  const client = clientOf("2026-07-28");
  const unnamed = { ...meta, "io.modelcontextprotocol/clientInfo": null };
  for (const [said, other] of [[meta, unnamed], [unnamed, meta]]) {
    client.remember(said!);
    assert.deepEqual([client.isKnown(said), client.isKnown(other)], [true, false]);
  }
});

Deno.test("KnownClient remembers nothing that is long", () => {
  const client = clientOf("2026-07-28");
  const meta = modernMeta({ experimental: { text: "x".repeat(10_000) } });
  client.remember(meta);
  assert.equal(client.isKnown(meta), false);
});
