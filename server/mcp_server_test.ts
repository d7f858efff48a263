import assert from "node:assert/strict";
import { ToolError } from "../config/tool_error.ts";
import type { ServerEvent } from "../config/server_events.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { BusyError } from "./call_gate.ts";
import type { CallTool } from "./call_tool.ts";
import { LOCAL } from "./caller.ts";
import { connect, initialize, type Message, modernMeta } from "./connection_fixture.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";
import type { CatalogChange, Resources } from "./resources.ts";

const done = { ok: true as const, output: { lines: 1 }, text: "done" };

const LOOK: ToolEntry = {
  name: "look",
  title: "Look",
  summary: "Looks.",
  effects: "reads",
  load: () => Promise.reject(new Error("loaded in the server's thread")),
};

function catalogs() {
  const listeners = {
    prompts: new Set<() => void>(),
    resources: new Set<(c: CatalogChange) => void>(),
  };
  const prompts: PromptCatalog = {
    list: () => Promise.resolve([{ name: "code-review", title: "Review" }]),
    get: (name, args) => {
      if (name !== "code-review") return Promise.resolve(undefined);
      if (!args.code) {
        throw new ToolError("Cannot fill the prompt: `code` is missing", { hint: "give it" });
      }
      const content = { type: "text" as const, text: args.code };
      return Promise.resolve({ messages: [{ role: "user" as const, content }] });
    },
    complete: (_name, _argument, value) =>
      Promise.resolve(Array.from({ length: 120 }, (_, i) => `${value}${i}`)),
    watch: (listener) => {
      listeners.prompts.add(listener);
      return () => listeners.prompts.delete(listener);
    },
  };
  const all = Array.from({ length: 150 }, (_, i) => ({ uri: `config://${i}`, name: `${i}` }));
  const resources: Resources = {
    list: () => Promise.resolve(all),
    templates: () => [{ uriTemplate: "templates://{language}", name: "templates" }],
    read: (uri) => Promise.resolve(uri === "config://1" ? [{ uri, text: "one" }] : undefined),
    complete: (_template, argument) => Promise.resolve([argument]),
    prepare: () => Promise.resolve(),
    watch: (listener) => {
      listeners.resources.add(listener);
      return () => listeners.resources.delete(listener);
    },
  };
  return { prompts, resources, listeners };
}

/** A connection of each era: `ask` calls with what the era wants. */
async function open(era: string, ...options: Parameters<typeof connect>) {
  const connection = connect(...options);
  const isModern = era === "2026-07-28";
  if (!isModern) {
    await connection.call("initialize", initialize(era));
    await connection.send({ method: "notifications/initialized" });
  }
  const ask = (method: string, params: object = {}, meta: object = {}): Promise<Message> =>
    connection.call(method, { ...params, _meta: { ...isModern && modernMeta(), ...meta } });
  if (isModern) await ask("server/discover");
  return { ...connection, ask };
}

for (const era of ["2025-11-25", "2026-07-28"]) {
  Deno.test(`createMcpServer() serves prompts, ${era}`, async () => {
    const { ask, end } = await open(era, undefined, catalogs());
    assert.equal((await ask("prompts/list")).result.prompts[0].name, "code-review");
    const given = { name: "code-review", arguments: { code: "x" } };
    const { result } = await ask("prompts/get", given);
    assert.equal(result.messages[0].content.text, "x");
    const missing = await ask("prompts/get", { name: "code-review" });
    assert.equal(missing.error.code, -32602);
    assert.match(missing.error.message, /`code` is missing \(give it\)/);
    const unknown = await ask("prompts/get", { name: "code-revew" });
    assert.equal(unknown.error.code, -32602);
    assert.match(unknown.error.message, /did you mean "code-review"/);
    await end();
  });

  Deno.test(`createMcpServer() serves resources, page by page, ${era}`, async () => {
    const { ask, end } = await open(era, undefined, catalogs());
    const first = (await ask("resources/list")).result;
    const second = (await ask("resources/list", { cursor: first.nextCursor })).result;
    assert.deepEqual(
      [first.resources.length, second.resources.length, second.nextCursor],
      [100, 50, undefined],
    );
    assert.equal((await ask("resources/list", { cursor: "?" })).error.code, -32602);
    const { resourceTemplates } = (await ask("resources/templates/list")).result;
    assert.equal(resourceTemplates[0].uriTemplate, "templates://{language}");
    const { contents } = (await ask("resources/read", { uri: "config://1" })).result;
    assert.deepEqual(contents, [{ uri: "config://1", text: "one" }]);
    const { error } = await ask("resources/read", { uri: "config://999" });
    assert.equal(error.code, -32602);
    assert.equal(error.data.uri, "config://999");
    await end();
  });

  Deno.test(`createMcpServer() completes arguments, at most 100, ${era}`, async () => {
    const { ask, end } = await open(era, undefined, catalogs());
    const argument = { name: "language", value: "p" };
    const many = await ask("completion/complete", {
      ref: { type: "ref/prompt", name: "code-review" },
      argument,
    });
    const { values, total, hasMore } = many.result.completion;
    assert.deepEqual([values.length, values[0], total, hasMore], [100, "p0", 120, true]);
    const few = await ask("completion/complete", {
      ref: { type: "ref/resource", uri: "templates://{language}" },
      argument,
      context: { arguments: { kind: "web" } },
    });
    assert.deepEqual(few.result.completion, {
      values: ["language"],
      total: 1,
      hasMore: false,
    });
    await end();
  });

  Deno.test(`createMcpServer() refuses to complete what is not there, ${era}`, async () => {
    const none = () => Promise.resolve(undefined);
    const { prompts, resources } = catalogs();
    const { ask, end } = await open(era, undefined, {
      prompts: { ...prompts, complete: none },
      resources: { ...resources, complete: none },
    });
    for (
      const ref of [{ type: "ref/prompt", name: "no" }, { type: "ref/resource", uri: "no://{a}" }]
    ) {
      const { error } = await ask("completion/complete", {
        ref,
        argument: { name: "a", value: "" },
      });
      assert.equal(error.code, -32602);
      assert.match(error.message, /^Cannot complete "a": no such argument of a .* "no/);
    }
    await end();
  });

  Deno.test(`createMcpServer() offers nothing that it was not given, ${era}`, async () => {
    const { ask, end } = await open(era);
    for (const method of ["prompts/list", "resources/list", "completion/complete"]) {
      assert.equal((await ask(method)).error.code, -32601, method);
    }
    await end();
  });

  Deno.test(`createMcpServer() offers no prompts nor resources without \`read\`, ${era}`, async () => {
    const principal = { ...LOCAL, scopes: ["run" as const] };
    const caller = { principal, transport: "stdio" as const };
    const { ask, end } = await open(era, undefined, { ...catalogs(), caller });
    for (const method of ["prompts/list", "resources/list", "completion/complete"]) {
      assert.equal((await ask(method)).error.code, -32601, method);
    }
    await end();
  });

  Deno.test(`createMcpServer() ends a call that takes too long, and says which limit, ${era}`, async () => {
    const events: ServerEvent[] = [];
    const stuck: CallTool = () => new Promise(() => {});
    const limits = { callSeconds: 0.01, modelSeconds: 0.02 };
    const { ask, end } = await open(era, stuck, { limits, emit: (event) => events.push(event) });
    const { result } = await ask("tools/call", { name: "count_lines" });
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /more than 0.01 s .*server\.limits\.call_seconds\)/);
    const model = await ask("tools/call", { name: "ask_much", arguments: { request: "x" } });
    assert.match(model.result.content[0].text, /more than 0.02 s .*model\.timeout_seconds/);
    const ended = events.filter((event) => event.type === "request_ended").slice(1);
    assert.deepEqual(ended.map(({ target, outcome }) => [target, outcome]), [
      ["count_lines", "timeout"],
      ["ask_much", "timeout"],
    ]);
    await end();
  });

  Deno.test(`createMcpServer() gives a call that is to ask no model the time of others, ${era}`, async () => {
    const stuck: CallTool = () => new Promise(() => {});
    const tools = [{ ...LOOK, name: "review", asksModel: "optionally" as const }];
    const limits = { callSeconds: 0.01, modelSeconds: 0.02 };
    const { ask, end } = await open(era, stuck, { tools, limits });
    const textOf = async (model: string) => {
      const { result } = await ask("tools/call", { name: "review", arguments: { model } });
      return result.content[0].text;
    };
    assert.match(await textOf("off"), /more than 0.01 s .*server\.limits\.call_seconds\)/);
    assert.match(await textOf("auto"), /more than 0.02 s .*model\.timeout_seconds/);
    await end();
  });

  Deno.test(`createMcpServer() tells the client's log at the client's level, ${era}`, async () => {
    const chatty: CallTool = (_name, _args, { log }) => {
      log("debug", "small");
      log("warning", "large");
      return Promise.resolve(done);
    };
    const { ask, messages, end } = await open(era, chatty);
    if (era === "2025-11-25") await ask("logging/setLevel", { level: "warning" });
    const meta = { "io.modelcontextprotocol/logLevel": "warning" };
    await ask("tools/call", { name: "count_lines" }, meta);
    const told = messages.filter(({ method }) => method === "notifications/message");
    assert.deepEqual(told.map(({ params: { level, data, logger } }) => [level, data, logger]), [
      ["warning", "large", "count_lines"],
    ]);
    await end();
  });

  Deno.test(`createMcpServer() tells of requests, and nothing of what is in them, ${era}`, async () => {
    const events: ServerEvent[] = [];
    const { ask, end } = await open(era, () => Promise.resolve(done), {
      ...catalogs(),
      emit: (event) => events.push(event),
    });
    events.length = 0;
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    const secret = { name: "count_lines", arguments: { code: "secret" } };
    await ask("tools/call", secret, { traceparent });
    await ask("tools/call", { name: "secret" });
    await ask("secret/method");
    await ask("resources/read", { uri: "results://secret" });
    await ask("prompts/get", { name: "code-review", arguments: { code: "secret" } });
    await ask("prompts/get", { name: "secret" });
    const started = events.filter((event) => event.type === "request_started");
    const ended = events.filter((event) => event.type === "request_ended");
    assert.deepEqual(started.map(({ method, target }) => [method, target]), [
      ["tools/call", "count_lines"],
      ["tools/call", undefined],
      ["(unknown)", undefined],
      ["resources/read", undefined],
      ["prompts/get", undefined],
      ["prompts/get", undefined],
    ]);
    assert.deepEqual(ended.map(({ target }) => target), [
      "count_lines",
      undefined,
      undefined,
      undefined,
      "code-review",
      undefined,
    ]);
    assert.equal(started[0]!.trace?.traceparent, traceparent);
    assert.equal(started[0]!.protocolVersion, era);
    const failed = ended.map(({ outcome }) => outcome !== "ok");
    assert.deepEqual(failed, [false, true, true, true, false, true]);
    assert.deepEqual(ended.map(({ requestId }) => requestId), started.map((one) => one.requestId));
    assert.doesNotMatch(JSON.stringify(events), /secret/);
    await end();
  });

  Deno.test(`createMcpServer() tells of its connection over stdio, ${era}`, async () => {
    const events: ServerEvent[] = [];
    const { ask, end } = await open(era, undefined, { emit: (event) => events.push(event) });
    await ask("tools/list", {}); // until then the newest protocol's client only looks
    await end();
    const sessions = events.filter(({ type }) => type.startsWith("session_"));
    assert.deepEqual(sessions.map(({ type }) => type), ["session_opened", "session_closed"]);
    assert.ok(sessions.every((one) => "protocolVersion" in one && one.protocolVersion === era));
  });

  Deno.test(`createMcpServer() refuses with what is busy, and when to come again, ${era}`, async () => {
    const busy = () => Promise.reject(new BusyError("Cannot take the call: busy", "busy", 3));
    const gate = {
      laneOf: () => "quick" as const,
      refusal: () => undefined,
      count: () => {},
      run: busy,
      drain: () => Promise.resolve(),
    };
    const { ask, end } = await open(era, undefined, { gate });
    const { error } = await ask("tools/call", { name: "count_lines" });
    assert.deepEqual([error.code, error.data.retryAfterSeconds], [-32000, 3]);
    await end();
  });

  Deno.test(`createMcpServer() names the resource of a result, ${era}`, async () => {
    const results = { remember: (tool: string) => `results://${tool}` };
    const { ask, end } = await open(era, undefined, { results });
    const { result } = await ask("tools/call", { name: "count_lines" });
    assert.equal(result._meta["devmcp/result"], "results://count_lines");
    await end();
  });

  Deno.test(`createMcpServer() gives content of any kind, ${era}`, async () => {
    const content = [
      { type: "image" as const, data: "AAAA", mimeType: "image/png" },
      { type: "resource_link" as const, uri: "config://1", name: "one" },
    ];
    const picture: CallTool = () => Promise.resolve({ ok: true, content });
    const { ask, end } = await open(era, picture);
    const { result } = await ask("tools/call", { name: "count_lines" });
    assert.deepEqual(result.content, content);
    assert.equal("structuredContent" in result, false);
    await end();
  });

  Deno.test(`createMcpServer() hides what it is not allowed to show, ${era}`, async () => {
    const caller = {
      principal: { id: "k", name: "k", scopes: ["read" as const] },
      transport: "stdio" as const,
    };
    const { ask, end } = await open(era, undefined, { caller });
    const { tools } = (await ask("tools/list")).result;
    assert.deepEqual(tools.map((tool: Message) => tool.name), ["count_lines", "ask_much"]);
    assert.equal((await ask("tools/call", { name: "write_file" })).error.code, -32602);
    await end();
  });

  Deno.test(`createMcpServer() says nothing of faults of its own, ${era}`, async () => {
    const broken: CallTool = () => Promise.reject(new TypeError("/home/someone/secret.ts"));
    const { ask, end } = await open(era, broken);
    const { error } = await ask("tools/call", { name: "count_lines" });
    assert.equal(error.code, -32603);
    assert.doesNotMatch(error.message, /secret/);
    await end();
  });

  Deno.test(`createMcpServer() refuses results beyond its limit, ${era}`, async () => {
    const resources: Resources = {
      ...catalogs().resources,
      read: (uri) => Promise.resolve([{ uri, text: "x".repeat(uri === "config://1" ? 1000 : 1) }]),
    };
    const { ask, end } = await open(era, undefined, { limits: { outputBytes: 1000 }, resources });
    const small = await ask("tools/call", { name: "count_lines", arguments: { code: "x" } });
    assert.ok(!small.result.isError);
    const code = "x".repeat(1000);
    const { result } = await ask("tools/call", { name: "count_lines", arguments: { code } });
    assert.match(
      result.content[0].text,
      /result of 1\.1 KiB is too large, it may have 1000 bytes.*server\.limits\.output_mb/,
    );
    assert.ok((await ask("resources/read", { uri: "config://2" })).result);
    const { error } = await ask("resources/read", { uri: "config://1" });
    assert.match(
      error.message,
      /^Cannot read "config:\/\/1": .*too large.*server\.limits\.output_mb/,
    );
    await end();
  });
}

Deno.test("createMcpServer() tells older clients what changes, and of what they subscribed to", async () => {
  const { listeners, ...offered } = catalogs();
  const { ask, next, messages, end } = await open("2025-11-25", undefined, offered);
  await ask("resources/subscribe", { uri: "config://1" });
  assert.equal((await ask("resources/subscribe", { uri: "config://x" })).error.code, -32602);
  for (const listener of listeners.resources) listener({ kind: "updated", uri: "config://2" });
  for (const listener of listeners.resources) listener({ kind: "updated", uri: "config://1" });
  const updated = await next(({ method }) => method === "notifications/resources/updated");
  assert.equal(updated.params.uri, "config://1");
  for (const listener of listeners.prompts) listener();
  for (const listener of listeners.resources) listener({ kind: "list" });
  await next(({ method }) => method === "notifications/prompts/list_changed");
  await next(({ method }) => method === "notifications/resources/list_changed");
  await ask("resources/unsubscribe", { uri: "config://1" });
  for (const listener of listeners.resources) listener({ kind: "updated", uri: "config://1" });
  await ask("ping");
  const all = messages.filter(({ method }) => method === "notifications/resources/updated");
  assert.equal(all.length, 1);
  await end();
  assert.deepEqual([listeners.prompts.size, listeners.resources.size], [0, 0]);
});

Deno.test("createMcpServer() tells later clients only what they listen to", async () => {
  const { listeners, ...offered } = catalogs();
  const { send, next, messages, end, ask } = await open("2026-07-28", undefined, offered);
  for (const listener of listeners.prompts) listener();
  const notifications = { resourceSubscriptions: ["config://1"] };
  await send({
    id: "listen",
    method: "subscriptions/listen",
    params: { notifications, _meta: modernMeta() },
  });
  await next(({ method }) => method === "notifications/subscriptions/acknowledged");
  for (const listener of listeners.resources) listener({ kind: "updated", uri: "config://2" });
  for (const listener of listeners.resources) listener({ kind: "updated", uri: "config://1" });
  await next(({ method }) => method === "notifications/resources/updated");
  await ask("tools/list");
  const told = messages.filter(({ method }) => method).map(({ method }) => method);
  assert.deepEqual(told, [
    "notifications/subscriptions/acknowledged",
    "notifications/resources/updated",
  ]);
  await end();
  assert.deepEqual([listeners.prompts.size, listeners.resources.size], [0, 0]);
});

Deno.test("createMcpServer() lets only this machine's own share its lists", async () => {
  for (const [principal, scope] of [[LOCAL, "public"], [{ ...LOCAL }, "private"]] as const) {
    const caller = { principal, transport: "stdio" as const };
    const { ask, end } = await open("2026-07-28", undefined, { caller });
    assert.equal((await ask("tools/list")).result.cacheScope, scope);
    await end();
  }
});
