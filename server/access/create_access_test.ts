import { deepEqual, equal } from "node:assert/strict";
import type { Access } from "../authenticate.ts";
import { LOCAL, type Principal } from "../caller.ts";
import { createApiKey } from "./api_key.ts";
import { type AccessOptions, createAccess } from "./create_access.ts";
import { KeySetError } from "./key_set_error.ts";

const { text: KEY, ...made } = createApiKey();
const key = { ...made, name: "ci", scopes: ["read" as const], created: "", expires: null };
const ALICE: Principal = { id: "sub:a", name: "alice", scopes: ["read"], elevates: true };
const OAUTH = {
  resourceUrl: new URL("https://d.test/mcp"),
  authorizationServers: ["https://i.test/"],
};

const open = (options: Partial<AccessOptions> = {}) =>
  createAccess({
    findKey: (id) => id === key.id ? key : undefined,
    verifyToken: (token) => {
      if (token === "later") return Promise.reject(new KeySetError("no keys"));
      return Promise.resolve(token === "good" ? ALICE : undefined);
    },
    ...options,
  });

const ask = (access: Access, headers: HeadersInit = {}, path = "/mcp") =>
  access.authenticate(new Request(`http://d.test${path}`, { headers }));

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

Deno.test("createAccess() tells the id of the key that is shown, good or not, and nothing else", () => {
  const { text, id } = createApiKey();
  const { shownKey } = createAccess({ findKey: () => undefined });
  const shown = (headers: Record<string, string>) =>
    shownKey!(new Request("http://127.0.0.1/mcp", { headers }));
  equal(shown({ authorization: `Bearer ${text}` }), `key:${id}`);
  equal(shown({ "x-api-key": text }), `key:${id}`);
  equal(shown({ authorization: "Bearer a.b.c" }), undefined);
  equal(shown({ "x-api-key": "devmcp_hostile" }), undefined);
  equal(shown({}), undefined);
});

Deno.test("createAccess() knows callers by key and by token", async () => {
  const access = open();
  const ci: Principal = { id: `key:${key.id}`, name: "ci", scopes: ["read"] };
  deepEqual(await ask(access, bearer(KEY)), ci);
  deepEqual(await ask(access, { "x-api-key": KEY }), ci);
  deepEqual(await ask(access, bearer("good")), ALICE);
});

Deno.test("createAccess() knows who sends nothing where that is allowed, and checks what is sent", async () => {
  const access = open({ anonymous: true });
  equal(await ask(access), LOCAL);
  equal((await ask(access, bearer(KEY)) as Principal).name, "ci");
  equal((await ask(access, bearer("bad")) as Response).status, 401);
  equal((await ask(access, {}, `/mcp?token=${KEY}`) as Response).status, 401);
});

Deno.test("createAccess() answers all others alike", async () => {
  for (const oauth of [undefined, OAUTH]) {
    const access = open({ oauth });
    const answers = await Promise.all([
      ask(access, bearer("bad")),
      ask(access, bearer(createApiKey().text)),
      ask(access, bearer(`${KEY}x`)),
      ask(access, { authorization: "Basic YTpi" }),
      ask(access, { ...bearer(KEY), "x-api-key": KEY }),
      ask(access, bearer(KEY), "/mcp?access_token=x"),
    ]) as Response[];
    const all = await Promise.all(answers.map(async (response) => [
      response.status,
      await response.text(),
      [...response.headers],
    ]));
    for (const one of all) deepEqual(one, all[0]);
    equal(all[0]![1], '{"error":"unauthorized"}');
  }
});

Deno.test("createAccess() tells OAuth clients where to go, and nothing of an error to who sent nothing", async () => {
  const header = async (access: Access, headers?: HeadersInit) =>
    (await ask(access, headers) as Response).headers.get("www-authenticate");
  const metadata = 'resource_metadata="https://d.test/.well-known/oauth-protected-resource/mcp"';
  equal(await header(open()), 'Bearer realm="devmcp"');
  equal(await header(open(), bearer("bad")), 'Bearer realm="devmcp", error="invalid_token"');
  equal(
    await header(open({ oauth: OAUTH })),
    `Bearer realm="devmcp", scope="read", ${metadata}`,
  );
});

Deno.test("createAccess() asks for a scope beside those that there are", async () => {
  const response = open({ oauth: OAUTH }).forbid(ALICE, "run");
  equal(response.status, 403);
  equal(
    response.headers.get("www-authenticate"),
    'Bearer realm="devmcp", error="insufficient_scope", scope="read run", ' +
      'resource_metadata="https://d.test/.well-known/oauth-protected-resource/mcp"',
  );
  deepEqual(await response.json(), {
    error: "insufficient_scope",
    error_description: "this needs the scope run",
  });
});

Deno.test("createAccess() lets a client keep a token that cannot be checked now", async () => {
  const response = await ask(open(), bearer("later")) as Response;
  deepEqual([response.status, response.headers.get("retry-after")], [503, "5"]);
});

Deno.test("createAccess() serves OAuth's metadata where RFC 9728 has it, and only there", async () => {
  const { metadata } = open({ oauth: OAUTH });
  const at = (path: string, method = "GET") =>
    metadata!(new Request(`http://127.0.0.1:1${path}`, { method }));
  for (const path of ["", "/mcp"]) {
    deepEqual(await at(`/.well-known/oauth-protected-resource${path}`)!.json(), {
      resource: "https://d.test/mcp",
      authorization_servers: ["https://i.test/"],
      scopes_supported: ["read", "write", "run"],
      bearer_methods_supported: ["header"],
      resource_name: "devmcp",
    });
  }
  for (const path of ["/mcp", "/.well-known/oauth-protected-resource/other", "/"]) {
    equal(at(path), undefined);
  }
  equal(at("/.well-known/oauth-protected-resource", "POST")!.status, 405);
  equal(open().metadata, undefined);
});

Deno.test("createAccess() knows when a caller's key is revoked or over", () => {
  let [now, isThere] = [0, true];
  const access = open({ findKey: () => isThere ? key : undefined, now: () => now });
  const ci: Principal = { id: `key:${key.id}`, name: "ci", scopes: [], expires: 1000 };
  const states = () => [ci, { ...ALICE, expires: 2000 }, LOCAL].map((one) => access.isGood(one));
  deepEqual(states(), [true, true, true]);
  isThere = false;
  deepEqual(states(), [false, true, true]);
  [now, isThere] = [1000, true];
  deepEqual(states(), [false, true, true]);
  now = 2000;
  deepEqual(states(), [false, false, true]);
});
