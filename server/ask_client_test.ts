import assert from "node:assert/strict";
import type { CallTool } from "./call_tool.ts";
import { connect, initialize, type Message, modernMeta } from "./connection_fixture.ts";

const done = (text: string) => ({ ok: true as const, output: { lines: 1 }, text });
/** Says what it was given. */
const echo: CallTool = (_name, args) => Promise.resolve(done(JSON.stringify(args)));

const ASK = { name: "ask_much", arguments: { style: "long" } };
const FORM = {
  mode: "form",
  message: "ask_much needs `request`",
  requestedSchema: {
    type: "object",
    properties: { request: { type: "string", description: "What to do" } },
    required: ["request"],
  },
};

/** Calls a tool as a client up to 2025-11-25, which answers what it is asked. */
async function callLegacy(
  capabilities: object,
  params: object,
  answer: (request: Message) => object,
  options: Parameters<typeof connect> = [echo],
) {
  const connection = connect(...options);
  const { call, send, next } = connection;
  await call("initialize", initialize("2025-11-25", capabilities));
  await send({ method: "notifications/initialized" });
  const asked: Message[] = [];
  const answering = async () => {
    for (;;) {
      const request = await next((one) =>
        one.method && one.id !== undefined && !asked.includes(one)
      );
      asked.push(request);
      await send({ id: request.id, ...answer(request) });
    }
  };
  void answering();
  const { result } = await call("tools/call", params);
  await connection.end();
  return { result, asked };
}

/** Calls a tool as a client since 2026-07-28, which answers and calls again. */
async function callModern(
  capabilities: object,
  params: object,
  answer: (request: Message) => object,
  options: Parameters<typeof connect> = [echo],
) {
  const { call, end } = connect(...options);
  const asked: Message[] = [];
  let more = {};
  for (;;) {
    const message = await call("tools/call", {
      ...params,
      ...more,
      _meta: modernMeta(capabilities),
    });
    const { result } = message;
    if (result?.resultType !== "input_required") {
      await end();
      return { ...message, asked };
    }
    const answered = Object.entries(result.inputRequests).map(([key, request]) => {
      asked.push(request);
      return [key, answer(request)];
    });
    more = { inputResponses: Object.fromEntries(answered), requestState: result.requestState };
  }
}

const eras: [string, typeof callModern][] = [
  ["2026-07-28", callModern],
  [
    "2025-11-25",
    (capabilities, params, answer, options) =>
      callLegacy(capabilities, params, (request) => ({ result: answer(request) }), options),
  ],
];

for (const [era, call] of eras) {
  Deno.test(`createMcpServer() asks the person for what is missing, ${era}`, async () => {
    const answer = () => ({ action: "accept", content: { request: "a poem", other: 1 } });
    const { result, asked } = await call({ elicitation: {} }, ASK, answer);
    const [{ params: { _meta, ...form } }] = asked;
    assert.deepEqual([form, asked.length], [FORM, 1]);
    assert.deepEqual(JSON.parse(result.content[0].text), { request: "a poem", style: "long" });
  });

  for (const [action, word] of [["decline", "declined"], ["cancel", "dismissed"]]) {
    Deno.test(`createMcpServer() says that the person ${word}, ${era}`, async () => {
      const { result } = await call({ elicitation: { form: {} } }, ASK, () => ({ action }));
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, new RegExp(`\`request\` missing.*${word}`));
    });
  }

  for (const capabilities of [{}, { elicitation: { url: {} } }]) {
    Deno.test(`createMcpServer() asks nobody who shows no forms, ${era}: ${JSON.stringify(capabilities)}`, async () => {
      const { result, asked } = await call(capabilities, ASK, () => ({}));
      assert.deepEqual([asked, result.content[0].text], [[], '{"style":"long"}']);
    });
  }

  Deno.test(`createMcpServer() asks once for what the person leaves out, ${era}`, async () => {
    const answer = () => ({ action: "accept", content: {} });
    const { result, asked } = await call({ elicitation: {} }, ASK, answer);
    assert.equal(asked.length, 1);
    assert.equal(result.content[0].text, '{"style":"long"}');
  });

  Deno.test(`createMcpServer() lets a tool ask the client's model again and again, ${era}`, async () => {
    const tool: CallTool = (_name, _args, { clientModel, progress }) => {
      progress(0, 1);
      const key = ["a", "b"].find((one) => clientModel?.[one] === undefined);
      if (!key) return Promise.resolve(done(JSON.stringify(clientModel)));
      const messages = [{ role: "user" as const, text: key }];
      const needs = { key, system: "Be brief", messages, maxTokens: 5 };
      return Promise.resolve({ ok: false, message: "none", needs });
    };
    const answer = ({ params }: Message) => ({
      role: "assistant",
      model: "m",
      content: { type: "text", text: `answer to ${params.messages[0].content.text}` },
    });
    const params = { name: "ask_much", arguments: { request: "x" } };
    const { result, asked } = await call({ sampling: {} }, params, answer, [tool]);
    assert.deepEqual(JSON.parse(result.content[0].text), { a: "answer to a", b: "answer to b" });
    assert.equal(asked[0].params.systemPrompt, "Be brief");
    assert.equal(asked[0].params.maxTokens, 5);
  });

  Deno.test(`createMcpServer() ends a call that asks without end, ${era}`, async () => {
    const tool: CallTool = () =>
      Promise.resolve({
        ok: false,
        message: "none",
        needs: { key: crypto.randomUUID(), messages: [], maxTokens: 1 },
      });
    const answer = () => ({
      role: "assistant",
      model: "m",
      content: { type: "text", text: "x" },
    });
    const params = { name: "ask_much", arguments: { request: "x" } };
    const { result, asked } = await call({ sampling: {} }, params, answer, [tool]);
    assert.equal(asked.length, 8);
    assert.match(result.content[0].text, /asked 8 times/);
  });

  Deno.test(`createMcpServer() offers no model of a client that has none, ${era}`, async () => {
    const tool: CallTool = (_name, _args, { clientModel }) =>
      Promise.resolve(done(String(clientModel)));
    const params = { name: "ask_much", arguments: { request: "x" } };
    const { result } = await call({}, params, () => ({}), [tool]);
    assert.equal(result.content[0].text, "undefined");
  });

  Deno.test(`createMcpServer() lets a tool of its own ask what it likes, ${era}`, async () => {
    const tool: CallTool = (_name, _args, { client }) => {
      if (client!.state) {
        return Promise.resolve(done(JSON.stringify([client!.state, client!.answers])));
      }
      const asks = {
        color: { method: "elicitation/create", params: { ...FORM, message: "Color?" } },
      };
      return Promise.resolve({ ok: false, asks, state: { step: 1 } } as never);
    };
    const answer = () => ({ action: "accept", content: { request: "red" } });
    const params = { name: "count_lines", arguments: {} };
    const { result } = await call({ elicitation: {} }, params, answer, [tool]);
    assert.deepEqual(JSON.parse(result.content[0].text), [
      { step: 1 },
      { color: { action: "accept", content: { request: "red" } } },
    ]);
  });

  for (
    const [clientRoots, path, expected] of [
      ["replace", "a.py", "/real/elsewhere"],
      ["replace", "/real/work/part/a.py", "/real/work/part"],
      ["narrow", "a.py", "/real/work/part"],
      ["narrow", "/real/elsewhere/a.py", "/real/work/part"],
    ] as const
  ) {
    Deno.test(`createMcpServer() lets the client's roots ${clientRoots} the workspace for ${path}, ${era}`, async () => {
      const tool: CallTool = (_name, _args, { root }) => Promise.resolve(done(String(root)));
      const folders = ["/elsewhere", "/missing", "/work/part"];
      const findFolder = (path: string) => {
        if (path === "/missing") throw new Error("no such folder");
        return `/real${path}`;
      };
      const workspace = { root: "/work", clientRoots, findFolder };
      const answer = () => ({ roots: folders.map((folder) => ({ uri: `file://${folder}` })) });
      const params = { name: "count_lines", arguments: { path } };
      const { result } = await call({ roots: {} }, params, answer, [tool, { workspace }]);
      assert.equal(result.content[0].text, expected);
    });
  }

  Deno.test(`createMcpServer() refuses files where all roots are outside, ${era}`, async () => {
    const workspace = { root: "/work", clientRoots: "narrow", findFolder: (path: string) => path };
    const answer = () => ({ roots: [{ uri: "file:///elsewhere" }] });
    const params = { name: "count_lines", arguments: { path: "a.py" } };
    const { result } = await call({ roots: {} }, params, answer, [echo, { workspace } as never]);
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /outside the workspace/);
  });
}

Deno.test("createMcpServer() takes no state that it did not seal, or for another tool", async () => {
  const { call, end } = connect(echo);
  const _meta = modernMeta({ elicitation: {} });
  const first = await call("tools/call", { ...ASK, _meta });
  const { requestState } = first.result;
  const inputResponses = { arguments: { action: "accept", content: { request: "x" } } };
  const forged = await call("tools/call", {
    ...ASK,
    inputResponses,
    requestState: `${requestState.slice(0, -2)}AA`,
    _meta,
  });
  assert.equal(forged.error.code, -32602);
  const other = await call("tools/call", {
    name: "count_lines",
    arguments: { code: "c" },
    inputResponses,
    requestState,
    _meta,
  });
  assert.equal(other.result.content[0].text, '{"code":"c"}');
  await end();
});

Deno.test("createMcpServer() asks an older client for its roots once, and again after a change", async () => {
  const roots: unknown[] = [];
  const tool: CallTool = (_name, _args, { root }) => {
    roots.push(root);
    return Promise.resolve(done(""));
  };
  const workspace = { root: "/work", clientRoots: "replace", findFolder: (path: string) => path };
  const { call, send, next, end } = connect(tool, { workspace } as never);
  await call("initialize", initialize("2025-11-25", { roots: { listChanged: true } }));
  const params = { name: "count_lines", arguments: { path: "a.py" } };
  const answer = async (id: number, folder: string) => {
    const asked = await next((one) => one.method === "roots/list" && one.id === id);
    await send({ id: asked.id, result: { roots: [{ uri: `file://${folder}` }] } });
  };
  const calls = [call("tools/call", params), call("tools/call", params)];
  await answer(0, "/one");
  await Promise.all(calls);
  await send({ method: "notifications/roots/list_changed" });
  const last = call("tools/call", params);
  await answer(1, "/two");
  await last;
  assert.deepEqual(roots, ["/one", "/one", "/two"]);
  await end();
});

const FILE = { name: "count_lines", arguments: { path: "a.py" } };

/** An older client with roots; gives the roots that calls worked on, and what was logged. */
async function connectWithRoots(clientRoots: "narrow" | "replace") {
  const logged: string[] = [];
  const workspace = { root: "/work", clientRoots, findFolder: findWork };
  const tool: CallTool = (_name, _args, { root }) => Promise.resolve(done(String(root)));
  const log = (_level: string, line: string) => logged.push(line);
  const connection = connect(tool, { workspace, log });
  await connection.call("initialize", initialize("2025-11-25", { roots: {} }));
  const asked = (id: number) =>
    connection.next((one) => one.method === "roots/list" && one.id === id);
  return { ...connection, asked, logged };
}

function findWork(path: string): string {
  if (path.startsWith("/work")) return path;
  throw new Error(`no such folder: ${path}`);
}

const textOf = ({ result }: Message): string => result.content[0].text;
const ROOTS = { roots: [{ uri: "file:///work/part" }] };

Deno.test("createMcpServer() opens nothing to a client that does not tell its roots, and asks again", async () => {
  const { call, send, asked, logged, end } = await connectWithRoots("narrow");
  const first = call("tools/call", FILE);
  await send({ id: (await asked(0)).id, error: { code: -32603, message: "my secret" } });
  assert.match(textOf(await first), /does not tell its roots/);
  const second = call("tools/call", FILE);
  await send({ id: (await asked(1)).id, result: ROOTS });
  assert.equal(textOf(await second), "/work/part");
  assert.deepEqual(logged, ["the client does not tell its roots"]);
  await end();
});

Deno.test("createMcpServer() has a workspace of its own where roots are not told", async () => {
  const { call, send, asked, end } = await connectWithRoots("replace");
  const told = call("tools/call", FILE);
  await send({ id: (await asked(0)).id, error: { code: -32603, message: "no" } });
  assert.equal(textOf(await told), "/work");
  await end();
});

Deno.test("createMcpServer() asks for roots again when the call that asked is cancelled", async () => {
  const { call, send, asked, end } = await connectWithRoots("narrow");
  void call("tools/call", FILE, "cancelled");
  await asked(0);
  const other = call("tools/call", FILE);
  await call("ping");
  await send({ method: "notifications/cancelled", params: { requestId: "cancelled" } });
  await send({ id: (await asked(1)).id, result: ROOTS });
  assert.equal(textOf(await other), "/work/part");
  await end();
});

Deno.test("createMcpServer() logs how many roots are no folders, and nothing of them", async () => {
  const { call, send, asked, logged, end } = await connectWithRoots("narrow");
  const told = call("tools/call", FILE);
  const roots = [...ROOTS.roots, { uri: "file:///my/secret" }, { uri: "file:///other" }];
  await send({ id: (await asked(0)).id, result: { roots } });
  assert.equal(textOf(await told), "/work/part");
  assert.deepEqual(logged, ["2 of the client's roots are no folders here"]);
  await end();
});

Deno.test("createMcpServer() opens nothing to a newer client that answers with no roots", async () => {
  const workspace = { root: "/work", clientRoots: "narrow" as const, findFolder: findWork };
  const answer = () => ({ action: "decline" });
  const { result } = await callModern({ roots: {} }, FILE, answer, [echo, { workspace }]);
  assert.match(result.content[0].text, /does not tell its roots/);
});
