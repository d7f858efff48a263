/** `devmcp serve --http`: the official client in both eras, restarts, shutdown, what it says at its start. */
import assert from "node:assert/strict";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { until } from "../config/until_fixture.ts";
import { TEST_TLS } from "../server/http/tls_fixture.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { homeIn, HttpHost, type HttpHostOptions, soon, withHttpHost } from "./http_host.ts";
import { legacyClient, modernClient } from "./mcp_over_http.ts";
import type { Message } from "./mcp_host.ts";

const CODE = "import os\n\ndef f( x ):\n    return x\n";
const linesOf = (count: number) =>
  "def f(a):\n    return [b for b in a if b and a or b]\n".repeat(count);
/** Busy for many seconds. */
const HUGE = linesOf(70_000);

type Era = "legacy" | { pin: string };

const eras: [string, Era][] = [["with sessions", "legacy"], ["without", { pin: "2026-07-28" }]];

/** Runs `test` with the official client; its timers are its own. */
function testWithClient(
  what: string,
  test: (connect: (url: string) => Promise<Client>) => Promise<void>,
  mode: Era,
): void {
  Deno.test({
    name: what,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      const client = new Client({ name: "test", version: "0" }, { versionNegotiation: { mode } });
      try {
        await test(async (url) => {
          await client.connect(new StreamableHTTPClientTransport(new URL(url)));
          return client;
        });
      } finally {
        await client.close();
      }
    },
  });
}

async function formats(client: Client): Promise<void> {
  const call = { name: "format_code", arguments: { code: CODE } };
  const { structuredContent } = await client.callTool(call) as Message;
  assert.match(structuredContent.formatted_code, /def f\(x\)/);
}

/** A port that nothing listens on now. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

for (const [what, mode] of eras) {
  testWithClient(`serve --http goes on under a client ${what} after a restart`, async (connect) => {
    await inFolder({ "work/.keep": "" }, async (folder) => {
      const args = ["--http", `127.0.0.1:${freePort()}`];
      const start = async () => {
        const host = new HttpHost(args, homeIn(folder), `${folder}/work`);
        await host.listening();
        return host;
      };
      let host = await start();
      const client = await connect(host.url);
      assert.ok((await client.listTools()).tools.length > 3);
      await formats(client);
      for (const signal of ["SIGTERM", "SIGINT"] as const) {
        host.kill(signal);
        assert.equal((await host.ended()).code, 0);
        host = await start();
        await formats(client);
      }
      host.kill("SIGTERM");
      await host.ended();
    });
  }, mode);
}

/** Of a server that logs when a call begins. */
const TELLING = ["--log-level", "debug"];

function callsBegun({ stderr }: HttpHost): number {
  return stderr.match(/"request_started".*"review_code"/g)?.length ?? 0;
}

/** Starts a server and a slow call of each era, then tells it to stop. */
async function stopAmid(
  config: string,
  code: string,
  expected: (answer: Message) => void,
): Promise<void> {
  const options: HttpHostOptions = { config, args: ["--http", "0", ...TELLING] };
  await withHttpHost(async (host) => {
    const clients = [await legacyClient(host.url), modernClient(host.url)];
    const args = { name: "review_code", arguments: { code } };
    const answers = clients.map((client) => client.request("tools/call", args));
    await until(() => callsBegun(host) === 2);
    host.kill("SIGTERM");
    for (const { answer } of await soon(Promise.all(answers), "the answers")) expected(answer);
    const { code: exit, stderr } = await host.ended();
    assert.equal(exit, 0);
    assert.match(stderr, /devmcp: stopping; waiting for 2 calls, at most [\d.]+ s/);
  }, options);
}

Deno.test("serve --http lets calls end after SIGTERM", async () => {
  await stopAmid("server:\n  drain_seconds: 120\n", linesOf(5000), ({ result }) => {
    assert.ok(result.structuredContent.issues);
  });
});

Deno.test("serve --http answers calls with an error that do not end in time", async () => {
  await stopAmid("server:\n  drain_seconds: 0.05\n", HUGE, ({ error }) => {
    assert.equal(error.code, -32000);
    assert.match(error.message, /stopping/);
  });
});

Deno.test("serve --http ends at once at the second signal", async () => {
  await inFolder({ "work/.keep": "" }, async (folder) => {
    const host = new HttpHost(["--http", "0", ...TELLING], homeIn(folder), `${folder}/work`);
    await host.listening();
    const client = modernClient(host.url);
    const args = { name: "review_code", arguments: { code: HUGE } };
    const answer = client.request("tools/call", args).catch(() => "none");
    await until(() => callsBegun(host) === 1);
    host.kill("SIGTERM");
    await until(() => /stopping/.test(host.stderr));
    host.kill("SIGTERM");
    assert.equal((await host.ended()).code, 143);
    assert.equal(await answer, "none");
  });
});

const CERT = { "cert.pem": TEST_TLS.cert, "key.pem": TEST_TLS.key, "bad.pem": "nothing\n" };
const OTHER_KEY = TEST_TLS.key.replace(/\w(?=\w{3}\n-----END)/, "");

const mistakes: [string, string[], RegExp][] = [
  ["no port", ["--http", "a:b"], /Cannot listen on "a:b": not \[HOST:\]PORT/],
  ["a port that is too high", ["--http", "70000"], /Cannot listen on "70000"/],
  [
    "an address of another machine",
    ["--http", "192.0.2.1:0", "--insecure-no-auth-on-network"],
    /no such address/,
  ],
  ["both transports", ["--http", "0", "--stdio"], /--stdio/],
  ["the network without keys", ["--http", "0.0.0.0:0"], /keys create/],
  ["a tool there is not", ["--http", "0", "--tools", "format_cod"], /did you mean "format_code"/],
  ["a tool that writes", ["--http", "0", "--tools", "write_file"], /"write_file": it writes files/],
  ["--metrics without --http", ["--metrics"], /--metrics: it is for --http/],
  ["reading only, and writing", ["--http", "0", "--read-only", "--allow-writes"], /--allow-writes/],
  ["no such folder", ["--http", "0", "--root", "nowhere"], /nowhere/],
  ["a certificate without its key", ["--http", "0", "--tls-cert", "cert.pem"], /key is not given/],
  [
    "a certificate that is not there",
    ["--http", "0", "--tls-cert", "no", "--tls-key", "key.pem"],
    /Cannot read "no"/,
  ],
  [
    "a certificate that is none",
    ["--http", "0", "--tls-cert", "bad.pem", "--tls-key", "key.pem"],
    /not a PEM file/,
  ],
  [
    "a key that is none",
    ["--http", "0", "--tls-cert", "cert.pem", "--tls-key", "cert.pem"],
    /Cannot use the certificate/,
  ],
  [
    "a broken key",
    ["--http", "0", "--tls-cert", "cert.pem", "--tls-key", "other.pem"],
    /Cannot use the certificate/,
  ],
];

for (const [what, args, expected] of mistakes) {
  Deno.test(`serve refuses ${what} in one line with a hint, and exit code 2`, async () => {
    await inFolder({ ...CERT, "other.pem": OTHER_KEY }, async (folder) => {
      const run = await devmcp(["serve", ...args], { cwd: folder, env: homeIn(folder) });
      assert.deepEqual([run.code, run.stdout], [2, ""], run.stderr);
      assert.match(run.stderr, expected);
      const lines = run.stderr.trimEnd().split("\n");
      assert.match(lines[0]!, /^devmcp: /);
      assert.ok(lines.length <= 2, run.stderr);
    });
  });
}

Deno.test("serve --http refuses a port that is taken", async () => {
  await withHttpHost(async (host, folder) => {
    const args = ["serve", "--http", `127.0.0.1:${host.port}`];
    const { code, stderr } = await devmcp(args, { env: homeIn(folder) });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^devmcp: Cannot listen on "127.0.0.1:\d+": the port is taken\n {2}hint: .*\n$/,
    );
  });
});

Deno.test("serve --http opens to the network only when told so, and says what that means", async () => {
  const args = ["--http", "0.0.0.0:0", "--insecure-no-auth-on-network"];
  await withHttpHost(async (host) => {
    assert.match(host.stderr, /warning: whoever can reach this address/);
    const health = await fetch(`http://127.0.0.1:${host.port}/health`);
    assert.deepEqual(await health.json(), { status: "ok" });
  }, { args });
});

Deno.test("serve --http speaks TLS", async () => {
  const args = ["--http", "0", "--tls-cert", "cert.pem", "--tls-key", "key.pem"];
  const files = { "work/cert.pem": TEST_TLS.cert, "work/key.pem": TEST_TLS.key };
  await withHttpHost(async (host) => {
    assert.match(host.url, /^https:/);
    using client = Deno.createHttpClient({ caCerts: [TEST_TLS.cert] });
    const health = await fetch(`https://localhost:${host.port}/health`, { client });
    assert.deepEqual(await health.json(), { status: "ok" });
    const plain = fetch(`http://localhost:${host.port}/health`).then((response) => response.text());
    await assert.rejects(plain);
  }, { args, files });
});

Deno.test("devmcp health asks a server, and tells how it is by its exit code", async () => {
  await withHttpHost(async (host, folder) => {
    const env = homeIn(folder);
    for (const args of [[`127.0.0.1:${host.port}`], [host.url], ["--ready", host.url]]) {
      const { code, stdout } = await devmcp(["health", ...args], { env });
      assert.equal(code, 0);
      assert.match(stdout, /^200 \{.*\}\n$/);
    }
    const none = await devmcp(["health", `127.0.0.1:${freePort()}`], { env });
    assert.equal(none.code, 2);
    assert.match(none.stderr, /^devmcp: Cannot ask .*\n {2}hint: /);
  });
});

Deno.test("serve --http offers the tools that it is told to, and reads only", async () => {
  for (
    const [args, expected] of [
      [["--tools", "format_code"], ["format_code"]],
      [["--tools", "format_code,write_file", "--allow-writes"], ["format_code", "write_file"]],
    ]
  ) {
    await withHttpHost(async (host) => {
      const { answer } = await modernClient(host.url).request("tools/list");
      assert.deepEqual(answer.result.tools.map(({ name }: Message) => name), expected);
    }, { args: ["--http", "0", ...args!] });
  }
});
