import assert from "node:assert/strict";
import { listenForCallback } from "./oauth_callback.ts";

const signal = new AbortController().signal;

/** A request as it is written, with any Host. */
async function send(url: string, lines: string[]): Promise<string> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(url).port) });
  await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
  const buffer = new Uint8Array(4096);
  return new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
}

Deno.test("listenForCallback() takes the reply with its state, and tells the person", async () => {
  await using callback = listenForCallback({ state: "s", signal });
  const response = await fetch(`${callback.url}?state=s&code=c`);
  assert.equal(response.status, 200);
  assert.match(await response.text(), /go back to the terminal/);
  assert.equal(response.headers.get("content-security-policy"), "default-src 'none'");
  assert.equal((await callback.reply).get("code"), "c");
});

Deno.test("listenForCallback() passes over what is not for it", async () => {
  await using callback = listenForCallback({ state: "s", signal });
  const origin = new URL(callback.url).origin;
  for (const [url, method] of [[`${origin}/favicon.ico`], [`${callback.url}?state=s`, "POST"]]) {
    const response = await fetch(url!, { method });
    await response.body?.cancel();
    assert.equal(response.status, 404);
  }
  const rebound = await send(callback.url, [
    "GET /callback?state=s&code=x HTTP/1.1",
    "Host: evil.test",
  ]);
  assert.match(rebound, /^HTTP\/1\.1 404/);
  await (await fetch(`${callback.url}?state=s&code=c`)).text();
  assert.equal((await callback.reply).get("code"), "c");
});

Deno.test("listenForCallback() fails at a reply with another state", async () => {
  await using callback = listenForCallback({ state: "s", signal });
  const response = await fetch(`${callback.url}?state=t&code=c`);
  assert.equal(response.status, 400);
  await response.text();
  await assert.rejects(callback.reply, /another login/);
});

Deno.test("listenForCallback() shows nothing of the reply", async () => {
  await using callback = listenForCallback({ state: "s", signal });
  const response = await fetch(`${callback.url}?state=s&error=<script>alert(1)</script>`);
  assert.doesNotMatch(await response.text(), /script/);
});

Deno.test("listenForCallback() ends although somebody holds a connection open", async () => {
  const callback = listenForCallback({ state: "s", signal });
  using _held = await Deno.connect({
    hostname: "127.0.0.1",
    port: Number(new URL(callback.url).port),
  });
  await callback[Symbol.asyncDispose]();
});

Deno.test("listenForCallback() stops with its signal, also when that was before", async () => {
  for (const isBefore of [true, false]) {
    const controller = new AbortController();
    if (isBefore) controller.abort(new Error("stopped"));
    await using callback = listenForCallback({ state: "s", signal: controller.signal });
    controller.abort(new Error("stopped"));
    await assert.rejects(callback.reply, /stopped/);
  }
});
