import assert from "node:assert/strict";
import type { RefusalReason, ServerEvent } from "../../config/server_events.ts";
import type { Seen } from "./seen.ts";
import { tellRequest } from "./tell_request.ts";

const peer = { address: "10.0.0.7:50000", localAddress: "10.0.0.1", answered() {}, drop() {} };

function told(status: number, seen: Partial<Seen>) {
  const events: ServerEvent[] = [];
  tellRequest((event) => void events.push(event), {
    request: new Request("http://127.0.0.1/mcp?token=secret", { method: "POST" }),
    peer,
    seen: { route: "/mcp", ...seen },
    response: new Response(null, { status }),
    started: performance.now(),
  });
  return events;
}

const refusals: [status: number, seen: Partial<Seen>, reason: RefusalReason | undefined][] = [
  [200, {}, undefined],
  [404, {}, undefined],
  [503, {}, undefined],
  [400, {}, "message"],
  [400, { refused: "host" }, "host"],
  [401, { refused: "unauthorized", shownKey: "key:0011223344556677" }, "unauthorized"],
  [403, { principal: "key:a" }, "forbidden"],
  [403, { refused: "origin" }, "origin"],
  [408, {}, "deadline"],
  [413, { principal: "key:a" }, "size"],
  [415, {}, "message"],
  [429, {}, "busy"],
  [429, { refused: "rate" }, "rate"],
];

for (const [status, seen, reason] of refusals) {
  Deno.test(`tellRequest() tells of ${status} ${JSON.stringify(seen)} as ${reason}`, () => {
    const events = told(status, seen);
    const http = events.at(-1)!;
    assert.ok(http.type === "http" && http.status === status && http.client === peer.address);
    const refused = events.find((event) => event.type === "refused");
    assert.equal(refused?.reason, reason);
    assert.equal(events.length, reason ? 2 : 1);
    if (!refused) return;
    const { requestId, client, principal, shownKey } = refused;
    assert.deepEqual([requestId, client], [http.requestId, peer.address]);
    assert.deepEqual([principal, shownKey], [seen.principal, seen.shownKey]);
    assert.doesNotMatch(JSON.stringify(events), /secret/);
  });
}
