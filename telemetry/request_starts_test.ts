import assert from "node:assert/strict";
import { ended, started } from "./event_fixture.ts";
import { createRequestStarts } from "./request_starts.ts";

Deno.test("createRequestStarts() finds a request's start until the request has ended", () => {
  const find = createRequestStarts();
  const start = started();
  assert.equal(find(start), start);
  assert.equal(
    find({ type: "model", requestId: "r-1", provider: "p", model: "m", durationMs: 1 }),
    start,
  );
  assert.equal(find({ type: "refused", transport: "http", reason: "busy" }), undefined);
  assert.equal(find(ended()), start);
  assert.equal(find(ended()), undefined);
});

Deno.test("createRequestStarts() forgets the oldest of very many", () => {
  const find = createRequestStarts();
  for (let i = 0; i < 20_000; i++) find(started({ requestId: `r-${i}` }));
  assert.equal(find(ended({ requestId: "r-0" })), undefined);
  assert.ok(find(ended({ requestId: "r-19999" })));
});
