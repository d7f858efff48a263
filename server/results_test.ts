import assert from "node:assert/strict";
import type { CallToolResult } from "@modelcontextprotocol/server";
import { type Caller, LOCAL, type Principal } from "./caller.ts";
import { createResources } from "./create_resources.ts";
import type { ResultLimits } from "./kept_results.ts";
import { createResults } from "./results.ts";

const key = (id: string): Principal => ({ ...LOCAL, id, name: id });
const http = (principal: Principal, sessionId?: string): Caller => ({
  principal,
  transport: "http",
  sessionId,
});
const STDIO: Caller = { principal: LOCAL, transport: "stdio" };
const json = (value: object): CallToolResult => ({
  content: [{ type: "text", text: "words" }],
  structuredContent: { ...value },
});

function open(limits?: ResultLimits) {
  const results = createResults(limits);
  const resources = createResources([results]);
  return {
    remember: results.remember,
    watch: resources.watch,
    uris: async (caller: Caller) => (await resources.list(caller)).map(({ uri }) => uri),
    list: resources.list,
    ids: (value: string, caller: Caller) =>
      resources.complete("results://{id}", "id", value, caller),
    read: async (uri: string, caller: Caller) => (await resources.read(uri, caller))?.[0],
  };
}

Deno.test("remember() keeps what a tool gave, as JSON or as text", async () => {
  const { remember, read, list } = open();
  const structured = remember("count", json({ lines: 1 }), STDIO)!;
  assert.match(structured, /^results:\/\/[0-9a-f]{32}$/);
  assert.deepEqual(await read(structured, STDIO), {
    uri: structured,
    mimeType: "application/json",
    text: '{"lines":1}',
  });
  const words = remember("say", { content: [{ type: "text", text: "hé" }] }, STDIO)!;
  assert.deepEqual(await read(words, STDIO), { uri: words, mimeType: "text/markdown", text: "hé" });
  const listed = await list(STDIO);
  assert.deepEqual(listed.map(({ uri, size }) => [uri, size]), [[words, 3], [structured, 11]]);
  assert.equal(listed[0]?.title, "Result of say");
  assert.ok(!Number.isNaN(Date.parse(listed[0]?.annotations?.lastModified ?? "")));
});

Deno.test("a result is in the list of its session, connection or key alone", async () => {
  const { remember, uris, ids } = open();
  const callers = [
    http(LOCAL, "a"),
    http(LOCAL, "b"),
    http(key("k"), "a"),
    http(key("k")),
    http(key("l")),
    STDIO,
  ];
  const own = callers.map((caller) => remember("count", json({}), caller)!);
  for (const [index, caller] of callers.entries()) {
    assert.deepEqual(await uris(caller), [own[index]]);
    assert.deepEqual(await ids("", caller), [own[index]!.slice("results://".length)]);
  }
  remember("count", json({}), http(LOCAL));
  assert.deepEqual(await uris(http(LOCAL)), []);
});

Deno.test("a result is read by whoever knows its name and is the same principal", async () => {
  const { remember, read } = open();
  const uri = remember("count", json({}), http(key("k"), "a"))!;
  assert.ok(await read(uri, http(key("k"), "b")));
  assert.ok(await read(uri, http(key("k"))));
  for (const caller of [http(key("l"), "a"), http(LOCAL, "a"), STDIO]) {
    assert.equal(await read(uri, caller), undefined);
  }
  assert.equal(await read(`${uri}/x`, http(key("k"))), undefined);
  assert.equal(await read(uri.slice(0, -1), http(key("k"))), undefined);
});

Deno.test("remember() keeps so many, and so many bytes; what is read stays", async () => {
  const few = open({ results: 3 });
  const uris = Array.from({ length: 3 }, () => few.remember("count", json({}), STDIO)!);
  await few.read(uris[0]!, STDIO);
  uris.push(few.remember("count", json({}), STDIO)!);
  assert.deepEqual(await few.uris(STDIO), [uris[3], uris[2], uris[0]]);
  assert.equal(await few.read(uris[1]!, STDIO), undefined);

  const small = open({ bytes: 100, bytesOfOne: 60 });
  const text = (length: number) => ({
    content: [{ type: "text" as const, text: "x".repeat(length) }],
  });
  assert.equal(small.remember("say", text(61), STDIO), undefined);
  const kept = [40, 40, 60].map((length) => small.remember("say", text(length), STDIO)!);
  assert.deepEqual(await small.uris(STDIO), [kept[2], kept[1]]);
});

Deno.test("remember() lets one client's results displace its own, and no others before all are many", async () => {
  const { remember, uris } = open({ results: 2, total: 4 });
  const [a, b] = [http(LOCAL, "a"), http(key("b"))];
  remember("count", json({}), b);
  for (let n = 0; n < 10; n++) remember("count", json({}), a);
  assert.deepEqual([(await uris(a)).length, (await uris(b)).length], [2, 1]);
  for (let n = 0; n < 3; n++) remember("count", json({}), http(LOCAL));
  assert.deepEqual([(await uris(a)).length, (await uris(b)).length], [1, 0]);
});

Deno.test("watch() tells a client of its own results only", () => {
  const { remember, watch } = open();
  const told: string[] = [];
  const stops = [http(LOCAL, "a"), http(LOCAL, "b"), http(LOCAL)].map((caller) =>
    watch(() => void told.push(caller.sessionId ?? "nobody's"), caller)
  );
  watch(() => void told.push("everybody's"));
  remember("count", json({}), http(LOCAL, "a"));
  remember("count", json({}), http(LOCAL));
  remember("count", json({}), STDIO);
  assert.deepEqual(told, ["a"]);
  stops.forEach((stop) => stop());
  remember("count", json({}), http(LOCAL, "a"));
  assert.deepEqual(told, ["a"]);
});
