import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { inHome, type TestHome } from "../config/home_fixture.ts";
import type { ServerConfig } from "../config/config.ts";
import { DEFAULTS } from "../config/schema.ts";
import type { Access } from "../server/authenticate.ts";
import type { Principal } from "../server/caller.ts";
import { apiKeysPath } from "../store/api_keys.ts";
import { createKey } from "./keys/keys_create.ts";
import { type AccessPlace, openAccess } from "./open_access.ts";

interface Changes extends Partial<AccessPlace> {
  auth?: Partial<ServerConfig["auth"]>;
  allowed_hosts?: string[];
}

function open(home: TestHome, { auth, allowed_hosts = [], ...place }: Changes) {
  const { server } = DEFAULTS;
  const config = { ...server, allowed_hosts, auth: { ...server.auth, ...auth } };
  const app = fakeApp({ env: home.env({ SECRET: "s".repeat(32) }) });
  return openAccess(app, config, { loopback: false, warn: () => {}, ...place });
}

const JWT = { jwt_secret_env: "SECRET", audience: "a" };

async function makeKey(home: TestHome, expires?: number): Promise<string> {
  const app = fakeApp({ env: home.env() });
  await createKey("ci", app, { expires });
  return app.stdout.text.trim();
}

async function ask(access: Access, key?: string): Promise<string | number> {
  const headers: HeadersInit = key ? { authorization: `Bearer ${key}` } : {};
  const found = await access.authenticate(new Request("http://h/mcp", { headers }));
  return found instanceof Response ? found.status : (found as Principal).name;
}

Deno.test("openAccess() wants no key on loopback, unless that is ordered or others come there", () =>
  inHome({}, async (home) => {
    equal(await ask(await open(home, { loopback: true })), "local");
    const key = await makeKey(home);
    equal(await ask(await open(home, { loopback: true })), "local");
    const strict: Changes[] = [
      { loopback: true, auth: { required: true } },
      { loopback: true, auth: JWT },
      { loopback: true, allowed_hosts: ["d.test"] },
      { loopback: false },
    ];
    for (const changes of strict) {
      const access = await open(home, changes);
      deepEqual([await ask(access), await ask(access, key)], [401, "ci"]);
    }
    const insecure = await open(home, { loopback: false, insecure: true });
    deepEqual([await ask(insecure), await ask(insecure, key)], ["local", "ci"]);
  }));

Deno.test("openAccess() opens nothing that nobody could enter", () =>
  inHome({}, async (home) => {
    await rejects(open(home, {}), /^ToolError: Cannot serve over HTTP: others can reach it/);
    await rejects(open(home, { loopback: true, auth: { required: true } }), /there are none$/);
    const path = apiKeysPath(home.env());
    await makeKey(home, 1);
    const file = JSON.parse(await Deno.readTextFile(path));
    file.keys[0].expires = "2026-01-01T00:00:00Z";
    await Deno.writeTextFile(path, JSON.stringify(file));
    await rejects(open(home, {}), /without a key$/);
    equal(await ask(await open(home, { auth: JWT })), 401);
  }));

Deno.test("openAccess() opens nothing with a file of keys that is broken", () =>
  inHome({}, async (home) => {
    await makeKey(home);
    await Deno.writeTextFile(apiKeysPath(home.env()), "{");
    await rejects(open(home, { loopback: true }), /the file is broken$/);
  }));

Deno.test("openAccess() sees keys that are made and revoked later", () =>
  inHome({}, async (home) => {
    const warnings: string[] = [];
    const access = await open(home, { auth: JWT, warn: (text) => warnings.push(text) });
    const key = await makeKey(home);
    equal(await ask(access, key), "ci");
    await Deno.writeTextFile(apiKeysPath(home.env()), "{");
    await waitUntil(async () => await ask(access, key) === 401);
    match(warnings.join(), /the file is broken$/);
  }));

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(10_000);
  while (!await isSo()) {
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
