import assert from "node:assert/strict";
import { ProtocolError } from "@modelcontextprotocol/server";
import { ToolError } from "../config/tool_error.ts";
import { BusyError } from "./call_gate.ts";
import { explainError } from "./explain_error.ts";

const issue = { code: "invalid_type", path: ["arguments", 0], message: "no text" };
const json = (value: unknown) => JSON.stringify(value, null, 2);
const OWN = 'Cannot answer "x/y": internal error; this is a fault of devmcp';

const table: [string, unknown, number, string][] = [
  [
    "a full queue",
    new BusyError("Cannot take the call", "busy", 3),
    -32000,
    "Cannot take the call",
  ],
  ["a refusal", new ToolError("Cannot x", { hint: "do y" }), -32602, "Cannot x (do y)"],
  ["zod's issues", new Error(json([issue])), -32602, 'Cannot call "x/y": `arguments.0`: no text'],
  [
    "issues of the SDK",
    new ProtocolError(-32602, `Invalid: ${json([issue])}`),
    -32602,
    'Cannot call "x/y": `arguments.0`: no text',
  ],
  ["an error of the protocol", new ProtocolError(-32601, "none"), -32601, "none"],
  ["a fault", new Error("/secret"), -32603, OWN],
  ["no error", "text", -32603, OWN],
  ["a list that is no issues", new Error("[\n1]"), -32603, OWN],
  ["issues without a path", new Error(json([{ message: "m" }])), -32603, OWN],
  ["half a list", new Error("[\n1"), -32603, OWN],
];

for (const [what, error, code, message] of table) {
  Deno.test(`explainError() answers ${what}`, () => {
    const told = explainError("x/y", error) as ProtocolError;
    assert.deepEqual([told.code, told.message], [code, message]);
  });
}
