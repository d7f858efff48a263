import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import { listenAddress } from "./listen_address.ts";

const addresses: [string | true, string, number][] = [
  [true, "127.0.0.1", 8004],
  ["0", "127.0.0.1", 0],
  ["8005", "127.0.0.1", 8005],
  ["0.0.0.0:65535", "0.0.0.0", 65_535],
  ["[::1]:80", "::1", 80],
  ["my-host.example:1", "my-host.example", 1],
];

for (const [text, hostname, port] of addresses) {
  Deno.test(`listenAddress() takes ${JSON.stringify(text)}`, () => {
    assert.deepEqual(listenAddress(text), { hostname, port });
  });
}

const none = [
  "",
  ":",
  "host",
  "host:",
  "65536",
  "-1",
  "1.5",
  "::1:80",
  "http://a:1",
  "a b:1",
  "1 ",
];

Deno.test("listenAddress() says how an address of IPv6 is written", () => {
  assert.throws(() => listenAddress("::1:80"), { hint: /as --http \[::1\]:8004$/ });
});

for (const text of none) {
  Deno.test(`listenAddress() refuses ${JSON.stringify(text)}`, () => {
    assert.throws(() => listenAddress(text), ToolError);
  });
}
