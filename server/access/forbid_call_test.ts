import { equal } from "node:assert/strict";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import type { Principal, Scope } from "../caller.ts";
import { forbidCall } from "./forbid_call.ts";

const scopes = new Map<string, Scope>([["review_code", "read"], ["write_file", "write"]]);
const reader: Principal = { id: "a", name: "a", scopes: ["read"] };

function answer(
  method: string,
  params?: Record<string, unknown>,
  caller: Principal = reader,
): number | undefined {
  const message = { jsonrpc: "2.0", id: 1, method, params } as JSONRPCMessage;
  const access = { forbid: () => new Response(null, { status: 403 }) };
  return forbidCall(message, caller, access, (name) => scopes.get(name))?.status;
}

Deno.test("forbidCall() refuses calls of tools that the key does not allow, and nothing else", () => {
  equal(answer("tools/call", { name: "write_file" }), 403);
  equal(answer("tools/call", { name: "review_code" }), undefined);
  equal(answer("tools/call", { name: "no_tool" }), undefined);
  equal(answer("tools/call", { name: 1 }), undefined);
  equal(answer("tools/call"), undefined);
  equal(answer("tools/list", { name: "write_file" }), undefined);
});

Deno.test("forbidCall() wants `read` for prompts, resources and completions", () => {
  const runner: Principal = { ...reader, scopes: ["run"] };
  for (const method of ["prompts/get", "resources/read", "resources/list", "completion/complete"]) {
    equal(answer(method, {}, runner), 403, method);
    equal(answer(method, {}), undefined, method);
  }
  equal(answer("tools/list", {}, runner), undefined);
  equal(answer("ping", {}, runner), undefined);
});
