import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { inHome } from "../config/home_fixture.ts";
import { ToolError } from "../config/tool_error.ts";
import { type ApiKey, apiKeysPath, KEY_NAME, openApiKeys } from "./api_keys.ts";
import { liveApiKeys } from "./live_api_keys.ts";

const KEY: ApiKey = {
  id: "0123456789abcdef",
  name: "ci",
  hash: "ab".repeat(32),
  scopes: ["read"],
  created: "2026-01-01T00:00:00.000Z",
  expires: null,
};
const another = (name: string, id = name.charCodeAt(0).toString(16).repeat(8)): ApiKey => ({
  ...KEY,
  id,
  name,
});

const withKeys = (test: (path: string, keys: ReturnType<typeof openApiKeys>) => Promise<void>) =>
  inHome({}, async (home) => {
    const path = apiKeysPath(home.env());
    await test(path, openApiKeys(path));
  });

Deno.test("openApiKeys() keeps keys for their owner alone", () =>
  withKeys(async (path, keys) => {
    deepEqual(keys.list(), []);
    await keys.add(KEY);
    await keys.add(another("b"));
    deepEqual(keys.list().map(({ name }) => name), ["ci", "b"]);
    if (Deno.build.os !== "windows") equal((await Deno.stat(path)).mode! & 0o777, 0o600);
    deepEqual(await keys.remove("ci"), KEY);
    deepEqual(await keys.remove(another("b").id), another("b"));
    equal(await keys.remove("ci"), undefined);
  }));

Deno.test("openApiKeys() loses none of many that come at once, and takes a name once", () =>
  withKeys(async (path, keys) => {
    const names = Array.from({ length: 20 }, (_, i) => `${String.fromCharCode(97 + i)}x`);
    await Promise.all(names.map((name) => openApiKeys(path).add(another(name))));
    deepEqual(keys.list().map(({ name }) => name).sort(), names);
    await rejects(keys.add(another("ax", "f".repeat(16))), /there is one of that name/);
  }));

const BROKEN: Record<string, string> = {
  "no JSON": "{",
  "nothing": "",
  "another version": '{"version":2,"keys":[]}',
  "something more": '{"version":1,"keys":[],"x":1}',
  "a key without its hash": JSON.stringify({ version: 1, keys: [{ ...KEY, hash: undefined }] }),
  "a hash that is empty": JSON.stringify({ version: 1, keys: [{ ...KEY, hash: "" }] }),
  "an unknown scope": JSON.stringify({ version: 1, keys: [{ ...KEY, scopes: ["all"] }] }),
  "no end": JSON.stringify({ version: 1, keys: [{ ...KEY, expires: "never" }] }),
  "a name for a terminal": JSON.stringify({ version: 1, keys: [{ ...KEY, name: "\u001b[2J" }] }),
  "a list": "[]",
};

for (const [what, text] of Object.entries(BROKEN)) {
  Deno.test(`openApiKeys() takes no key from a file with ${what}, and does not overwrite it`, () =>
    withKeys(async (path, keys) => {
      await keys.add(KEY);
      await Deno.writeTextFile(path, text);
      const isRight = (error: unknown) =>
        error instanceof ToolError && /the file is broken$/.test(error.message);
      throws(() => keys.list(), isRight);
      await rejects(keys.add(another("b")), isRight);
      await rejects(keys.remove("ci"), isRight);
      equal(await Deno.readTextFile(path), text);
    }));
}

Deno.test({
  name: "openApiKeys() takes no key that everybody may have written",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withKeys(async (path, keys) => {
      await keys.add(KEY);
      await Deno.chmod(path, 0o666);
      throws(() => keys.list(), /everybody may write them/);
    }),
});

Deno.test("liveApiKeys() sees what is created and revoked, and looks only so often", () =>
  withKeys(async (path, keys) => {
    let now = 0;
    const find = liveApiKeys(path, { warn: (text) => match(text, /^$/), now: () => now });
    const later = (ms: number) => find((now += ms, KEY.id));
    equal(later(0), undefined);
    await keys.add(KEY);
    equal(later(499), undefined);
    deepEqual(later(1), KEY);
    await keys.remove("ci");
    equal(later(500), undefined);
    await keys.add({ ...KEY, hash: "cd".repeat(32) });
    equal(later(500)?.hash, "cd".repeat(32));
    equal(find("__proto__"), undefined);
  }));

Deno.test("liveApiKeys() finds nothing in a file that is broken or gone, and says so once", () =>
  withKeys(async (path, keys) => {
    const warnings: string[] = [];
    const find = liveApiKeys(path, { warn: (text) => warnings.push(text), everyMs: 0 });
    await keys.add(KEY);
    deepEqual(find(KEY.id), KEY);
    await Deno.writeTextFile(path, "{");
    equal(find(KEY.id), undefined);
    equal(find(KEY.id), undefined);
    equal(warnings.length, 1);
    match(warnings[0]!, /^Cannot use the keys in ".*": the file is broken$/);
    await Deno.remove(path);
    equal(find(KEY.id), undefined);
    await keys.add(KEY);
    deepEqual(find(KEY.id), KEY);
  }));

Deno.test("KEY_NAME takes names and nothing else", () => {
  for (const name of ["a", "ci-1", "jane@laptop", "A.b_c", "x".repeat(64), "0123456789abcde"]) {
    match(name, KEY_NAME);
  }
  for (const name of ["", "-a", "a b", "a\n", "x".repeat(65), "ä", KEY.id, "../a", "@a"]) {
    equal(KEY_NAME.test(name), false, name);
  }
});
