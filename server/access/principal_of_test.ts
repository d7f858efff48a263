import { deepEqual, equal, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { principalOf } from "./principal_of.ts";

Deno.test("principalOf() reads scopes as text and as a list, and only ours", () => {
  const table: [Record<string, unknown>, string[]][] = [
    [{ scope: "read write" }, ["read", "write"]],
    [{ scope: "run openid read" }, ["read", "run"]],
    [{ scp: ["write", 1, null] }, ["write"]],
    [{ scp: "read" }, ["read"]],
    [{ scope: "", scp: ["read"] }, []],
    [{ scope: "READ readwrite" }, []],
    [{ scope: { read: true } }, []],
    [{}, []],
  ];
  for (const [claims, scopes] of table) {
    deepEqual(principalOf({ sub: "a", ...claims }, false)?.scopes, scopes);
  }
});

Deno.test("principalOf() tells subjects and issuers apart, and none from a key", () => {
  fc.assert(fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (one, other) => {
    const [a, b] = [principalOf({ sub: one }, false)!, principalOf({ sub: other }, false)!];
    equal(a.id === b.id, one === other);
    equal(/^sub:[\w-]{22}$/.test(a.id) && a.name.length <= 64, true);
    notEqual(a.id, principalOf({ sub: one, iss: "i" }, false)!.id);
  }));
});

Deno.test("principalOf() makes a name of one plain line", () => {
  equal(principalOf({ sub: "a\u001b[2J\nb\u202ec" }, false)?.name, "a [2J b c");
});
