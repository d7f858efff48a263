import assert from "node:assert/strict";
import { createDirectFetch } from "./direct_fetch.ts";

/** What a process with a proxy in its environment gets from its own server, in two ways. */
const PROGRAM = `
  import { createDirectFetch } from ${JSON.stringify(import.meta.resolve("./direct_fetch.ts"))};
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("here"));
  const url = "http://127.0.0.1:" + server.addr.port;
  const get = (fetch) => fetch(url).then((response) => response.text(), () => "proxy");
  console.log(await get(fetch), await get(createDirectFetch((name) => Deno.env.get(name))));
  Deno.exit();
`;

Deno.test("createDirectFetch() needs no proxy for this machine", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=js", PROGRAM],
    // The discard port: a proxy that is not there.
    env: { http_proxy: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "" },
  }).output();
  assert.equal(new TextDecoder().decode(stdout).trim(), "proxy here");
});

Deno.test("createDirectFetch() is fetch where there is no proxy", () => {
  assert.equal(createDirectFetch(() => undefined), globalThis.fetch);
});
