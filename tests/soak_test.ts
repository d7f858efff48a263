/**
 * Good requests, many: memory and descriptors stay as they are after the first ones.
 * DEVMCP_SOAK: how many, over each transport.
 */
import { withHttpHost } from "./http_host.ts";
import { legacyClient, modernClient, type RawClient } from "./mcp_over_http.ts";
import { type Message, withHost } from "./mcp_host.ts";
import { assertFlat, type Sample, sampleProcess } from "./process_sample.ts";
import assert from "node:assert/strict";

const COUNT = Number(Deno.env.get("DEVMCP_SOAK") ?? 10_000);
/** After these nothing may grow any more. */
const WARM_UP = Math.min(10_000, COUNT / 2);
const SAMPLES = 15;
/** How much memory may grow: in a short run, in which the engine has not yet settled, and in a long one. */
const MOST_SHARE = COUNT < 50_000 ? 0.3 : 0.15;
const ignore = Deno.build.os !== "linux";

const call = (name: string, args: object) => ["tools/call", { name, arguments: args }] as const;

/** What the `n`th request asks for; `error`: that is refused. */
function requestOf(n: number): readonly [method: string, params: object, isError?: boolean] {
  const code = `def f${n % 50}( x ):\n    return x\n`;
  const kinds = [
    () => call("format_code", { code }),
    () => call("analyze_complexity", { code }),
    () => call("review_code", { code, model: "off" }),
    () => call("list_languages", {}),
    () => call("format_code", { code: 5 }),
    () => call("list_languages", { language: 5 }),
    () => ["tools/list", {}] as const,
    () => ["tools/call", { name: "nope", arguments: {} }, true] as const,
    () => ["nope", {}, true] as const,
  ];
  return kinds[n % kinds.length]!();
}

function check(n: number, answer: Message): void {
  const [method, , isError] = requestOf(n);
  assert.equal(
    answer.error !== undefined,
    isError === true,
    `${method}: ${JSON.stringify(answer)}`,
  );
}

/** Sends all requests, and samples the process from the warm-up on. */
async function soak(pid: number, send: (from: number, to: number) => Promise<void>) {
  const samples: Sample[] = [];
  await send(0, WARM_UP);
  const step = Math.ceil((COUNT - WARM_UP) / SAMPLES);
  for (let from = WARM_UP; from < COUNT; from += step) {
    await send(from, Math.min(from + step, COUNT));
    samples.push(await sampleProcess(pid));
  }
  if (Deno.env.has("DEVMCP_SOAK")) console.log(COUNT, JSON.stringify(samples));
  assertFlat(samples, MOST_SHARE);
}

Deno.test({
  name: `serve answers ${COUNT} good requests over stdio and holds no more than before`,
  ignore,
  fn: async () => {
    await withHost((host) =>
      soak(host.pid, async (from, to) => {
        for (let n = from; n < to;) {
          const end = Math.min(n + 20, to);
          for (let id = n; id < end; id++) {
            const [method, params] = requestOf(id);
            await host.send({ jsonrpc: "2.0", id, method, params });
          }
          for (; n < end; n++) check(n, await host.response(n));
          host.messages.length = 0;
        }
      })
    );
  },
});

/** A client of its own for so many requests in turn, of either era. */
async function useClient(url: string, from: number, to: number, era: number): Promise<void> {
  const client: RawClient = era % 2 === 0 ? modernClient(url) : await legacyClient(url);
  for (let n = from; n < to; n++) {
    const [method, params] = requestOf(n);
    check(n, (await client.request(method, params)).answer);
  }
  if (era % 2 === 0) return;
  const ended = await fetch(url, { method: "DELETE", headers: client.headers });
  await ended.body?.cancel();
  assert.equal(ended.status, 200);
}

const CLIENTS = 5;
const EACH = 50;

Deno.test({
  name: `serve answers ${COUNT} good requests over HTTP and holds no more than before`,
  ignore,
  fn: () =>
    withHttpHost(({ url, pid }) =>
      soak(pid, async (from, to) => {
        let next = from;
        const work = async () => {
          while (next < to) {
            const start = next;
            next = Math.min(next + EACH, to);
            await useClient(url, start, next, start / EACH);
          }
        };
        await Promise.all(Array.from({ length: CLIENTS }, work));
      })
    ),
});
