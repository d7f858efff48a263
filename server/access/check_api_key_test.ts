import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import type { ApiKey } from "../../store/api_keys.ts";
import { createApiKey, parseApiKey } from "./api_key.ts";
import { checkApiKey } from "./check_api_key.ts";

const made = createApiKey();
const key: ApiKey = {
  id: made.id,
  hash: made.hash,
  name: "ci",
  scopes: ["read", "run"],
  created: "2026-01-01T00:00:00.000Z",
  expires: "2026-02-01T00:00:00.000Z",
};
const NOW = Date.parse("2026-01-15T00:00:00Z");
const find = (id: string) => id === key.id ? key : undefined;
const check = (text: string, now = NOW) => checkApiKey(text, find, now);

Deno.test("createApiKey() makes another key each time, and its hash does not hold it", () => {
  const all = Array.from({ length: 100 }, createApiKey);
  equal(new Set(all.flatMap(({ id, text, hash }) => [id, text, hash])).size, 300);
  for (const { id, text, hash } of all) {
    match(text, /^devmcp_[0-9a-f]{16}_[\w-]{43}$/);
    deepEqual(parseApiKey(text), { id, hash });
  }
});

Deno.test("checkApiKey() knows whose a key is, until it expires", () => {
  deepEqual(check(made.text), {
    id: `key:${made.id}`,
    name: "ci",
    scopes: ["read", "run"],
    expires: Date.parse(key.expires!),
  });
  equal(check(made.text, Date.parse(key.expires!)), undefined);
  equal(check(made.text, Date.parse(key.expires!) - 1)?.name, "ci");
});

Deno.test("checkApiKey() takes no other key", () => {
  const another = createApiKey().text;
  const wrong = [
    another,
    `devmcp_${made.id}_${another.slice(-43)}`,
    made.text.toUpperCase(),
    made.text.slice(0, -1),
    `${made.text}A`,
    ` ${made.text}`,
    `${made.text}\n`,
    made.hash,
    `devmcp_${made.id}_${made.hash.slice(0, 43)}`,
    `devmcp_${made.id}_`,
    `devmcp_${"0".repeat(16)}_${"A".repeat(43)}`,
    "devmcp___proto_________",
    "",
  ];
  for (const text of wrong) equal(check(text), undefined, text);
});

Deno.test("checkApiKey() takes no key with another character anywhere", () => {
  fc.assert(
    fc.property(
      fc.nat(made.text.length - 1),
      fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
      (at, char) => {
        const text = made.text.slice(0, at) + char + made.text.slice(at + 1);
        equal(check(text) !== undefined, text === made.text);
      },
    ),
  );
});

Deno.test("parseApiKey() takes any text", () => {
  const near = fc.tuple(fc.stringMatching(/^[0-9a-f]{15,17}$/), fc.stringMatching(/^[\w-]{42,44}$/))
    .map(([id, secret]) => `devmcp_${id}_${secret}`);
  fc.assert(fc.property(fc.oneof(fc.string(), near), (text) => {
    const found = parseApiKey(text);
    equal(found === undefined, !/^devmcp_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/.test(text));
    if (found) notEqual(found.hash.length, text.length);
  }));
});

Deno.test("checkApiKey() compares in constant time, also for an id that nobody has", async () => {
  const source = await readFile(new URL("check_api_key.ts", import.meta.url), "utf8");
  match(source, /timingSafeEqual\(Buffer/);
  match(source, /isSameHash\(given\.hash, key\?\.hash \?\? NO_HASH\)/);
});
