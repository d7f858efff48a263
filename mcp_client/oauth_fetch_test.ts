import assert from "node:assert/strict";
import { checkAddress, oauthFetch } from "./oauth_fetch.ts";
import { reachOf } from "./reach.ts";

const NAMES: Record<string, string[]> = {
  "mcp.test": ["93.184.216.34"],
  "auth.test": ["93.184.216.35", "2606:2800:220:1::1"],
  "router.test": ["93.184.216.36", "192.168.1.1"],
  "metadata.test": ["169.254.169.254"],
  "corp.test": ["10.1.2.3"],
};
const resolve = (host: string) =>
  NAMES[host] ? Promise.resolve(NAMES[host]) : Promise.reject(new Error("no such name"));

const REACHES: [url: string, reach: Awaited<ReturnType<typeof reachOf>>][] = [
  ["https://auth.test/", "public"],
  ["https://unknown.test/", "public"],
  ["https://8.8.8.8/", "public"],
  ["https://router.test/", "network"],
  ["https://172.16.0.1/", "network"],
  ["https://100.100.0.1/", "network"],
  ["https://[fd00::1]/", "network"],
  ["https://[::ffff:10.0.0.1]/", "network"],
  ["https://metadata.test/", "machine"],
  ["http://169.254.169.254/", "machine"],
  ["http://2130706433/", "machine"],
  ["http://0.0.0.0/", "machine"],
  ["http://[::]/", "machine"],
  ["http://[fe80::1]/", "machine"],
  ["http://[::ffff:127.0.0.1]/", "machine"],
  ["http://app.localhost/", "machine"],
];

for (const [url, reach] of REACHES) {
  Deno.test(`reachOf() says ${reach} of ${url}`, async () => {
    assert.equal(await reachOf(new URL(url), resolve), reach);
  });
}

const ADDRESSES: [server: string, url: string, problem?: RegExp][] = [
  ["https://mcp.test/", "https://auth.test/token"],
  ["https://corp.test/", "https://corp.test/token"],
  ["https://corp.test/", "https://auth.test/token"],
  ["http://localhost:3000/", "http://127.0.0.1:4000/token"],
  ["https://mcp.test/", "http://auth.test/token", /not https/],
  ["https://mcp.test/", "ftp://auth.test/token", /not https/],
  ["https://mcp.test/", "data:application/json,{}", /not https/],
  ["https://mcp.test/", "file:///etc/passwd", /not https/],
  ["https://mcp.test/", "https://user:secret@auth.test/", /password/],
  ["https://mcp.test/", "https://corp.test/", /private/],
  ["https://mcp.test/", "https://router.test/", /private/],
  ["https://mcp.test/", "http://localhost:80/", /private/],
  ["https://corp.test/", "https://metadata.test/", /private/],
];

for (const [server, url, problem] of ADDRESSES) {
  Deno.test(`checkAddress() ${problem ? "refuses" : "takes"} ${url} of ${server}`, async () => {
    const check = checkAddress(new URL(url), new URL(server), resolve);
    if (problem) await assert.rejects(check, problem);
    else await check;
  });
}

Deno.test("oauthFetch() asks for nothing that may not be asked for", async () => {
  const fetched: string[] = [];
  const fetch = oauthFetch({
    server: new URL("https://mcp.test/"),
    signal: new AbortController().signal,
    resolve,
    fetch: (url) => {
      fetched.push(String(url));
      return Promise.resolve(new Response(null, { status: 204 }));
    },
  });
  await assert.rejects(fetch("https://corp.test/"), TypeError);
  assert.equal((await fetch("https://auth.test/")).status, 204);
  assert.deepEqual(fetched, ["https://auth.test/"]);
});

Deno.test("oauthFetch() waits for headers and bodies only for a time", async () => {
  const server = new URL("https://mcp.test/");
  const { signal } = new AbortController();
  const hanging = (_url: string | URL, init?: RequestInit): Promise<Response> =>
    new Promise((_, reject) =>
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))
    );
  const fetch = oauthFetch({ server, signal, resolve, timeoutMs: 1, fetch: hanging });
  await assert.rejects(fetch("https://auth.test/"), (error: Error) => {
    assert.equal((error.cause as Error).name, "TimeoutError");
    return true;
  });
});
