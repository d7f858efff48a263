/** A hundred clients at once over HTTP: nobody gets what is another's. */
import assert from "node:assert/strict";
import { devmcp } from "./devmcp.ts";
import { homeIn, type HttpHost, withHttpHost } from "./http_host.ts";
import { legacyClient, modernClient, type RawClient } from "./mcp_over_http.ts";
import { sampleProcess } from "./process_sample.ts";

const CLIENTS = 100;
/** So many of them have a key of their own; the others have none. */
const KEYS = 20;
const ROUNDS = 5;
const SESSIONS = Deno.env.has("DEVMCP_SOAK") ? 2000 : 500;
const MOST_MB = 400;

interface Member {
  n: number;
  key?: string;
  client: RawClient;
  /** All that came for it, as text. */
  received: string[];
  /** Of its results. */
  uris: string[];
  close(): Promise<void>;
}

async function createKeys(folder: string): Promise<string[]> {
  const create = async (n: number) => {
    const { code, stdout, stderr } = await devmcp(["keys", "create", `key${n}`], {
      env: homeIn(folder),
      cwd: folder,
    });
    assert.equal(code, 0, stderr);
    return stdout.trim();
  };
  return await Promise.all(Array.from({ length: KEYS }, (_, n) => create(n)));
}

/** Every other one has a session, and listens to what the server says by itself. */
async function join(url: string, n: number, key: string | undefined): Promise<Member> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {};
  const client = n % 2 === 0 ? modernClient(url, headers) : await legacyClient(url, headers);
  const received: string[] = [];
  const member: Member = { n, key, client, received, uris: [], close: () => Promise.resolve() };
  if (n % 2 === 1) member.close = await listen(url, client, received);
  return member;
}

async function listen(url: string, { headers }: RawClient, received: string[]) {
  const leave = new AbortController();
  const response = await fetch(url, { headers, signal: leave.signal });
  assert.equal(response.status, 200);
  const reading = (async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      received.push(text);
    }
  })().catch(() => {});
  return async () => {
    leave.abort();
    await reading;
  };
}

/** Does what everybody does, with a word of its own in it. */
async function take(member: Member): Promise<void> {
  const { client, n, received, uris } = member;
  for (let round = 0; round < ROUNDS; round++) {
    const reply = await client.request("tools/call", {
      name: "format_code",
      arguments: { code: `canary${n}x=${round}` },
      _meta: { progressToken: "everybody's" },
    });
    received.push(JSON.stringify(reply.messages));
    const { result } = reply.answer;
    assert.equal(result.structuredContent.formatted_code, `canary${n}x = ${round}\n`);
    uris.push(result._meta["devmcp/result"]);
  }
}

/** What it is shown of the results, which also tells it nothing of the others'. */
async function look(member: Member): Promise<void> {
  const { client, uris, received, n, key } = member;
  const list = await client.request("resources/list");
  received.push(JSON.stringify(list.messages));
  const listed = JSON.stringify(list.answer).match(/results:\/\/[0-9a-f]+/g) ?? [];
  const hasOwnList = n % 2 === 1 || key !== undefined;
  assert.deepEqual(listed.toSorted(), hasOwnList ? uris.toSorted() : []);
  const own = await client.request("resources/read", { uri: uris[0] });
  received.push(JSON.stringify(own.messages));
  assert.match(JSON.stringify(own.answer.result), new RegExp(`canary${n}x`));
}

/** Not even by its address is another's result given. */
async function pry({ client, key, received }: Member, other: Member): Promise<void> {
  if (key === other.key) return; // for the server they are the same person
  const { answer } = await client.request("resources/read", { uri: other.uris[0] });
  received.push(JSON.stringify(answer.error.message).replaceAll(other.uris[0]!, ""));
}

function assertOnlyOwn({ n, received, uris }: Member): void {
  const text = received.join("\n");
  for (const [, found] of text.matchAll(/canary(\d+)x/g)) assert.equal(Number(found), n);
  for (const [uri] of text.matchAll(/results:\/\/[0-9a-f]+/g)) assert.ok(uris.includes(uri), uri);
}

Deno.test(`${CLIENTS} clients at once get their own answers, notifications and results only`, () =>
  withHttpHost(async ({ url }, folder) => {
    const keys = await createKeys(folder);
    const all = Array.from({ length: CLIENTS }, (_, n) => n);
    const members = await Promise.all(all.map((n) => join(url, n, keys[n])));
    await Promise.all(members.map(take));
    await Promise.all(members.map(look));
    await Promise.all(members.map((member, n) => pry(member, members[(n + 7) % CLIENTS]!)));
    for (const member of members) await member.close();
    members.forEach(assertOnlyOwn);
    assert.equal(new Set(members.flatMap(({ uris }) => uris)).size, CLIENTS * ROUNDS);
  }));

Deno.test({
  name: `${SESSIONS} idle sessions take less than ${MOST_MB} MB`,
  ignore: Deno.build.os !== "linux",
  fn: () => withHttpHost(openSessions),
});

async function openSessions({ url, pid }: HttpHost): Promise<void> {
  const before = await sampleProcess(pid);
  const open = async () => {
    for (let n = 0; n < SESSIONS / 10; n++) await legacyClient(url);
  };
  await Promise.all(Array.from({ length: 10 }, open));
  const after = await sampleProcess(pid);
  console.log(`${SESSIONS} sessions: ${before.rss} MB before, ${after.rss} MB with them`);
  assert.ok(after.rss < MOST_MB, `${after.rss} MB`);
}
