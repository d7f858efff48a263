import assert from "node:assert/strict";
import fc from "fast-check";
import { parseMessage } from "./parse_message.ts";

const ids: unknown[] = ["a", "", 0, 1, -1, Number.MAX_SAFE_INTEGER];

for (const id of ids) {
  Deno.test(`parseMessage() takes the id ${JSON.stringify(id)}`, () => {
    const request = { jsonrpc: "2.0", id, method: "ping" };
    assert.deepEqual(parseMessage(JSON.stringify(request)), { message: request });
  });
}

const messages: [string, unknown, unknown?][] = [
  ["a notification", { jsonrpc: "2.0", method: "notifications/initialized" }],
  ["parameters", { jsonrpc: "2.0", id: 1, method: "m", params: { a: [1] } }],
  ["a response", { jsonrpc: "2.0", id: 1, result: {} }],
  ["a progress token", {
    jsonrpc: "2.0",
    id: 1,
    method: "m",
    params: { _meta: { progressToken: 0 } },
  }],
  ["unknown members, which it drops", { jsonrpc: "2.0", id: 1, method: "m", trace: 5 }, {
    jsonrpc: "2.0",
    id: 1,
    method: "m",
  }],
];

for (const [what, message, expected = message] of messages) {
  Deno.test(`parseMessage() takes ${what}`, () => {
    assert.deepEqual(parseMessage(JSON.stringify(message)), { message: expected });
  });
}

const refusals: [string, string, number, RegExp, unknown][] = [
  ["a text that is no JSON", "{bad", -32700, /not JSON/, null],
  ["half a message", '{"jsonrpc":"2.0","id":1,', -32700, /not JSON/, null],
  ["a batch", '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600, /batch/, null],
  ["an empty batch", "[]", -32600, /batch/, null],
  ["a number", "5", -32600, /not a JSON object/, null],
  ["null", "null", -32600, /not a JSON object/, null],
  ["an empty object", "{}", -32600, /jsonrpc/, null],
  ["another version", '{"jsonrpc":"1.0","id":7,"method":"m"}', -32600, /jsonrpc/, 7],
  ["the id null", '{"jsonrpc":"2.0","id":null,"method":"m"}', -32600, /`id`/, null],
  ["a fraction as id", '{"jsonrpc":"2.0","id":1.5,"method":"m"}', -32600, /`id`/, null],
  ["an object as id", '{"jsonrpc":"2.0","id":{},"method":"m"}', -32600, /`id`/, null],
  ["an infinite id", '{"jsonrpc":"2.0","id":1e999,"method":"m"}', -32600, /`id`/, null],
  ["a missing method", '{"jsonrpc":"2.0","id":7}', -32600, /`method` is missing/, 7],
  ["a method that is no string", '{"jsonrpc":"2.0","id":7,"method":5}', -32600, /`method`/, 7],
  [
    "parameters in a list",
    '{"jsonrpc":"2.0","id":7,"method":"m","params":[]}',
    -32602,
    /`params`/,
    7,
  ],
  [
    "a wrong _meta",
    '{"jsonrpc":"2.0","id":7,"method":"m","params":{"_meta":5}}',
    -32602,
    /_meta/,
    7,
  ],
  [
    "a wrong progress token",
    '{"jsonrpc":"2.0","id":7,"method":"m","params":{"_meta":{"progressToken":{}}}}',
    -32602,
    /progressToken/,
    7,
  ],
];

for (const [what, text, code, reason, id] of refusals) {
  Deno.test(`parseMessage() refuses ${what}`, () => {
    const parsed = parseMessage(text);
    assert.ok("refusal" in parsed);
    assert.equal(parsed.refusal.code, code);
    assert.equal(parsed.refusal.id, id);
    assert.match(parsed.refusal.reason, reason);
  });
}

Deno.test("parseMessage() keeps silent about a notification that is wrong", () => {
  const parsed = parseMessage('{"jsonrpc":"2.0","method":"m","params":5}');
  assert.ok("refusal" in parsed && parsed.refusal.silent);
});

Deno.test("parseMessage() throws at no text, and its reasons are one line", () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.anything().map((value) => `${JSON.stringify(value)}`),
  );
  fc.assert(fc.property(anything, (text) => {
    const parsed = parseMessage(text);
    if ("refusal" in parsed) assert.doesNotMatch(parsed.refusal.reason, /\n/);
  }));
});
