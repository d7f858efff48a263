import assert from "node:assert/strict";
import type { JSONRPCRequest } from "@modelcontextprotocol/server";
import type { ServerEvent } from "../config/server_events.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { ToolOutcome } from "../tools/run_tool.ts";
import { type AnswerAtOnceOptions, createAnswerAtOnce } from "./answer_at_once.ts";
import { BusyError, type CallGate } from "./call_gate.ts";
import { LOCAL } from "./caller.ts";
import { connect, initialize, type Message, modernMeta, SCHEMAS } from "./connection_fixture.ts";
import { createCallGate } from "./limits/create_call_gate.ts";

const GOOD: ToolOutcome = { ok: true, output: { lines: 1 }, text: "one" };
const tool = (name: string, instant?: true): ToolEntry => ({
  name,
  title: name,
  summary: `${name}.`,
  effects: "none",
  instant,
  load: () => Promise.reject(new Error("loaded")),
});
const options: AnswerAtOnceOptions = {
  tools: [tool("look_up", true), tool("work_hard")],
  callInstant: () => GOOD,
  caller: { principal: LOCAL, transport: "stdio" },
  client: { isKnown: () => true, isModern: false },
  serverInfo: { name: "test", version: "0" },
};
const call = (params: unknown = { name: "look_up" }, method = "tools/call") =>
  ({ jsonrpc: "2.0", id: 7, method, params }) as JSONRPCRequest;
const answer = (more: Partial<AnswerAtOnceOptions> = {}, request = call()) =>
  createAnswerAtOnce({ ...options, ...more })(request);
const refusing: CallGate = {
  laneOf: () => "quick",
  refusal: () => new BusyError("Cannot take the call: busy", "busy", 1),
  count: () => assert.fail("counted"),
  run: () => assert.fail("run"),
};

Deno.test("createAnswerAtOnce() answers a plain call of an instant tool", () => {
  const content = [{ type: "text", text: "one" }];
  const good = { jsonrpc: "2.0", id: 7, result: { content, structuredContent: { lines: 1 } } };
  const meta = { progressToken: 1, traceparent: "00-", tracestate: "", baggage: "" };
  assert.deepEqual(answer(), good);
  assert.deepEqual(answer({}, call({ name: "look_up", arguments: {}, _meta: meta })), good);
});

const own = JSON.parse('{ "name": "look_up", "__proto__": {} }');
const OTHERS: [what: string, more: Partial<AnswerAtOnceOptions>, request?: JSONRPCRequest][] = [
  ["another method", {}, call({ name: "look_up" }, "prompts/get")],
  ["a tool that is not instant", {}, call({ name: "work_hard" })],
  ["a tool that is not there", {}, call({ name: "constructor" })],
  ["a tool that the caller is not offered", { tools: [tool("work_hard")] }],
  ["no parameters", {}, call(null)],
  ["a name that is no text", {}, call({ name: ["look_up"] })],
  ["arguments that are a list", {}, call({ name: "look_up", arguments: [] })],
  ["arguments that are null", {}, call({ name: "look_up", arguments: null })],
  ["answers to what was asked", {}, call({ name: "look_up", inputResponses: {} })],
  ["a kept state", {}, call({ name: "look_up", requestState: "x" })],
  ["a task", {}, call({ name: "look_up", task: { ttl: 1 } })],
  ["a member of its prototype's name", {}, call(own)],
  ["a `_meta` that is no object", {}, call({ name: "look_up", _meta: [] })],
  ["a client that is not known", { client: { isKnown: () => false, isModern: true } }],
  ["a caller without the scope", {
    caller: { principal: { ...LOCAL, scopes: ["write"] }, transport: "http" },
  }],
  ["a gate that refuses", { gate: refusing }],
  ["a tool that is not loaded", { callInstant: () => undefined }],
  ["no way to call at once", { callInstant: undefined }],
  ["a failure", { callInstant: () => ({ ok: false, message: "Cannot do it" }) }],
  ["a result that is too large", { limits: { outputBytes: 10 } }],
];

for (const [what, more, request] of OTHERS) {
  Deno.test(`createAnswerAtOnce() leaves ${what} to the long way, untold`, () => {
    const observed = {
      emit: () => assert.fail("told"),
      caller: options.caller,
      targetOf: () => undefined,
      protocolVersion: () => undefined,
    };
    const results = { remember: () => assert.fail("kept") };
    assert.equal(answer({ observed, results, ...more }, request), undefined);
  });
}

Deno.test("createAnswerAtOnce() asks for a tool only what the gate allows, and counts it", () => {
  const limits = { concurrent_calls: 1, queued_calls: 0, calls_per_minute: 2 };
  const gate = createCallGate({ limits, tools: options.tools, now: () => 0 });
  const once = createAnswerAtOnce({ ...options, gate });
  const answered = Array.from({ length: 4 }, () => once(call()) !== undefined);
  assert.deepEqual(answered, [true, true, false, false]);
});

/** The answers to the same calls on one connection, and what is told of them. */
async function exchange(version: string, callInstant: AnswerAtOnceOptions["callInstant"]) {
  const told: ServerEvent[] = [];
  const { call, end } = connect(
    (name) => Promise.resolve(name === "look_up" ? GOOD : { ok: false, message: "Cannot do it" }),
    {
      tools: options.tools,
      schemas: () => Promise.resolve({ look_up: SCHEMAS, work_hard: SCHEMAS }),
      callInstant,
      emit: (event) => void told.push(event),
      results: { remember: (name) => `results://${name}` },
    },
  );
  const isModern = version >= "2026";
  if (!isModern) await call("initialize", initialize(version), 1);
  const _meta = { progressToken: "a", traceparent: "00-a", ...isModern && modernMeta() };
  const answers: Message[] = [];
  for (const name of ["look_up", "look_up", "work_hard", "look_up"]) {
    answers.push(await call("tools/call", { name, arguments: {}, _meta }, answers.length + 2));
  }
  await end();
  return { answers, told: told.map(withoutTime) };
}

function withoutTime(event: object): object {
  const { requestId: _id, sessionId: _session, durationMs: _ms, ...rest } = event as Message;
  return rest;
}

for (const version of ["2024-11-05", "2025-11-25", "2026-07-28"]) {
  Deno.test(`createAnswerAtOnce() answers and tells the same as the long way, ${version}`, async () => {
    const asked: string[] = [];
    const short = await exchange(version, (name) => {
      asked.push(name);
      return GOOD;
    });
    const isModern = version >= "2026";
    assert.equal(asked.length, isModern ? 2 : 3); // the newest protocol is settled by a first call
    assert.deepEqual(short, await exchange(version, undefined));
    assert.equal(short.answers[1].result._meta["devmcp/result"], "results://look_up");
  });
}

Deno.test("createAnswerAtOnce() leaves a wrong level of the log to the long way", async () => {
  const { call, end } = connect(undefined, {
    tools: options.tools,
    schemas: () => Promise.resolve({ look_up: SCHEMAS, work_hard: SCHEMAS }),
    callInstant: () => GOOD,
  });
  const ask = async (more: object = {}) =>
    (await call("tools/call", { name: "look_up", _meta: { ...modernMeta(), ...more } })).error
      ?.code;
  assert.equal(await ask(), undefined);
  for (const level of [null, "loud"]) {
    assert.equal(await ask({ "io.modelcontextprotocol/logLevel": level }), -32602, `${level}`);
  }
  await end();
});
