import { deepEqual, equal } from "node:assert/strict";
import { isOnThisMachine, noProxy } from "./this_machine.ts";

/** What a process with a proxy in its environment gets from servers on this machine and elsewhere. */
const PROGRAM = `
  import { noProxy } from ${JSON.stringify(import.meta.resolve("./this_machine.ts"))};
  Deno.env.set("NO_PROXY", noProxy((name) => Deno.env.get(name)));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => new Response("here"));
  const get = (url) => fetch(url).then((response) => response.text(), (error) => error.message);
  const hosts = ["localhost", "LOCALHOST", "127.0.0.1", "other.test", "mine.test"];
  const replies = await Promise.all(hosts.map((host) => get("http://" + host + ":" + server.addr.port)));
  const unresolved = await get("http://a.localhost:" + server.addr.port);
  const secure = await get("https://localhost:" + server.addr.port);
  console.log(JSON.stringify([...replies, unresolved, secure]));
  Deno.exit();
`;

Deno.test("noProxy() keeps what is for this machine from a proxy, and what the user has said", async () => {
  await using proxy = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response("proxy"),
  );
  const url = `http://127.0.0.1:${proxy.addr.port}`;
  const env = { http_proxy: url, HTTPS_PROXY: url, NO_PROXY: "", no_proxy: "mine.test" };
  const args = ["eval", "--ext=js", PROGRAM];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args, env }).output();
  const replies = JSON.parse(new TextDecoder().decode(stdout));
  deepEqual(replies.slice(0, 4), ["here", "here", "here", "proxy"]);
  for (const error of replies.slice(4)) equal(/proxy|tunnel/i.test(error), false, error);
});

Deno.test("noProxy() changes nothing where there is no proxy", () => {
  equal(noProxy(() => undefined), undefined);
  equal(noProxy((name) => name === "NO_PROXY" ? "a" : ""), undefined);
});

const table: [string, boolean][] = [
  ["http://127.0.0.1:11434", true],
  ["http://127.1.2.3", true],
  ["https://localhost:11434/v1", true],
  ["http://LOCALHOST.", true],
  ["http://ollama.localhost", true],
  ["http://[::1]:11434", true],
  ["http://gpu:11434", false],
  ["http://localhost.example.org", false],
  ["http://notlocalhost", false],
  ["http://128.0.0.1", false],
  ["http://localhost@example.org", false],
  ["not a URL", false],
];

for (const [url, local] of table) {
  Deno.test(`isOnThisMachine() says ${local} of ${url}`, () => equal(isOnThisMachine(url), local));
}
