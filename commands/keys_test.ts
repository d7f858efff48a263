import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { ClosedOutputError } from "../cli/app.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { inHome } from "../config/home_fixture.ts";
import { apiKeysPath, readApiKeys } from "../store/api_keys.ts";
import { createKey } from "./keys/keys_create.ts";
import { listKeys } from "./keys/keys_list.ts";
import { revokeKey } from "./keys/keys_revoke.ts";

const withApp = (test: (open: () => ReturnType<typeof fakeApp>) => Promise<void>) =>
  inHome({}, (home) => test(() => fakeApp({ env: home.env() })));

Deno.test("createKey() prints the key once, and keeps only its hash", () =>
  withApp(async (open) => {
    const app = open();
    await createKey("ci", app, {});
    match(app.stdout.text, /^devmcp_[0-9a-f]{16}_[\w-]{43}\n$/);
    const key = app.stdout.text.trim();
    match(app.stderr.text, /"ci" \([0-9a-f]{16}\) for read, good until it is revoked/);
    const path = apiKeysPath(app.env);
    for (const text of [app.stderr.text, await Deno.readTextFile(path)]) {
      equal(text.includes(key.slice(-43)), false);
    }
    const list = open();
    listKeys(list, {});
    match(
      list.stdout.text,
      /^NAME +ID +SCOPES +CREATED \(UTC\) +EXPIRES\nci +[0-9a-f]{16} +read +\S+ \S+ +never\n$/,
    );
  }));

Deno.test("createKey() takes a key back that it cannot print", () =>
  withApp(async (open) => {
    const app = open();
    const cannot = () => {
      throw new ClosedOutputError();
    };
    await rejects(
      createKey("ci", { ...app, stdout: { ...app.stdout, write: cannot } }, {}),
      /^ToolError: Cannot create the key: it could not be printed/,
    );
    deepEqual([readApiKeys(apiKeysPath(app.env)), app.stderr.text], [[], ""]);
  }));

Deno.test("createKey() gives scopes and an end, also as JSON", () =>
  withApp(async (open) => {
    const app = open();
    await createKey("ci", app, { scope: ["read", "run"], expires: 24, json: true });
    const { key, created, expires, ...rest } = JSON.parse(app.stdout.text);
    deepEqual(rest, { version: 1, id: key.slice(7, 23), name: "ci", scopes: ["read", "run"] });
    equal(Date.parse(expires) - Date.parse(created), 24 * 3_600_000);
    const list = open();
    listKeys(list, { json: true });
    deepEqual(JSON.parse(list.stdout.text), {
      version: 1,
      keys: [{
        id: rest.id,
        name: "ci",
        scopes: ["read", "run"],
        created,
        expires,
        expired: false,
      }],
    });
  }));

Deno.test("createKey() refuses names that are none, and those that are there", () =>
  withApp(async (open) => {
    for (const name of ["", "a b", "\u001b[2J", "0123456789abcdef"]) {
      await rejects(createKey(name, open(), {}), /no name for a key$/);
    }
    await createKey("ci", open(), {});
    await rejects(createKey("ci", open(), {}), /there is one of that name$/);
  }));

Deno.test("revokeKey() takes a name or an id, and never shows a key that it was given", () =>
  withApp(async (open) => {
    const [first, second] = [open(), open()];
    await createKey("ci", first, {});
    await createKey("laptop", second, {});
    const app = open();
    await revokeKey("ci", app, {});
    match(app.stdout.text, /^revoked ci \([0-9a-f]{16}\)\n$/);
    await rejects(revokeKey("labtop", open(), {}), /no such key; did you mean "laptop"\?$/);
    const key = second.stdout.text.trim();
    await rejects(revokeKey(key, open(), {}), (error: Error) => !error.message.includes(key));
    await revokeKey(key.slice(7, 23), open(), { json: true });
    deepEqual(readApiKeys(apiKeysPath(app.env)), []);
  }));
