import { deepEqual, equal } from "node:assert/strict";
import { LOCAL } from "../caller.ts";
import { mayCall, mayReadCatalogs, maySee, scopeFor, scopesOf } from "./scope_for.ts";

const EFFECTS = ["none", "model", "reads", "writes", "runs"] as const;

Deno.test("scopeFor() has a scope for each effect", () => {
  deepEqual(EFFECTS.map((effects) => scopeFor({ effects })), [
    "read",
    "read",
    "read",
    "write",
    "run",
  ]);
});

Deno.test("mayCall() and maySee() go by scopes, and one does not include another", () => {
  const see = (caller: Parameters<typeof maySee>[0]) =>
    EFFECTS.map((effects) =>
      [mayCall(caller, { effects }), maySee(caller, { effects })].map(Number)
    );
  const caller = { id: "a", name: "a", scopes: ["write" as const] };
  deepEqual(see(caller), [[0, 0], [0, 0], [0, 0], [1, 1], [0, 0]]);
  deepEqual(see({ ...caller, elevates: true }), [[0, 1], [0, 1], [0, 1], [1, 1], [0, 1]]);
  deepEqual(see(LOCAL), EFFECTS.map(() => [1, 1]));
});

Deno.test("scopesOf() knows tools by name, and only those", () => {
  const find = scopesOf([{ name: "write_file", effects: "writes" }]);
  equal(find("write_file"), "write");
  equal(find("constructor"), undefined);
});

Deno.test("mayReadCatalogs() wants `read`, or a client that can ask for it", () => {
  const caller = { id: "a", name: "a", scopes: ["run" as const] };
  deepEqual([caller, { ...caller, elevates: true }, LOCAL].map(mayReadCatalogs), [
    false,
    true,
    true,
  ]);
});
