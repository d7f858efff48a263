import assert from "node:assert/strict";
import { createOpenAiCompatible } from "./openai_compatible.ts";
import {
  backendOptions,
  PROFILE,
  REQUEST,
  responseText,
  startRawServer,
} from "./fakes/raw_server_fixture.ts";

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const said = (content: string) => event({ choices: [{ delta: { content } }] });
const end = (finish_reason: string) => event({ choices: [{ delta: {}, finish_reason }] });
const usage = event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 2 } });
const DONE = "data: [DONE]\n\n";

/** The JSON body of a request as the raw server saw it. */
function bodyOf(request: string | undefined): Record<string, unknown> {
  return JSON.parse(request?.slice(request.indexOf("\r\n\r\n") + 4) ?? "null");
}

function answering(...bodies: (string | { status: number; body: string })[]) {
  let calls = 0;
  return startRawServer(({ write }) => {
    const answer = bodies[Math.min(calls++, bodies.length - 1)]!;
    const { status, body } = typeof answer === "string" ? { status: 200, body: answer } : answer;
    return write(responseText(status, body));
  });
}

Deno.test("createOpenAiCompatible() streams the reply and tells its usage", async () => {
  await using server = answering(said("Hel") + said("lo") + end("stop") + usage + DONE);
  const pieces: string[] = [];
  const model = createOpenAiCompatible(backendOptions(`${server.url}/v1`, { apiKey: "k3y" }));
  const reply = await model.chat({ ...REQUEST, seed: 7, onToken: (piece) => pieces.push(piece) });
  assert.deepEqual([reply.text, reply.done, pieces], ["Hello", "stop", ["Hel", "lo"]]);
  assert.deepEqual(reply.usage, { promptTokens: 9, completionTokens: 2, estimated: false });
  assert.match(server.requests[0]!, /^POST \/v1\/chat\/completions /);
  assert.match(server.requests[0]!, /authorization: Bearer k3y/i);
  assert.deepEqual(bodyOf(server.requests[0]), {
    model: "mistral:7b",
    messages: REQUEST.messages,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: 50,
    temperature: 0.2,
    seed: 7,
    stop: ["[/INST]"],
  });
});

Deno.test("createOpenAiCompatible() reads CRLF, comments and fields it does not know", async () => {
  const text = `: hello\n\nid: 1\n${said("a")}${said("b")}${end("stop")}${DONE}`;
  await using server = answering(text.replaceAll("\n", "\r\n"));
  const reply = await createOpenAiCompatible(backendOptions(server.url)).chat(REQUEST);
  assert.equal(reply.text, "ab");
  assert.equal(reply.usage.estimated, true);
});

Deno.test("createOpenAiCompatible() takes only a known end for a whole answer", async () => {
  const reasons = [["stop", "stop"], ["eos", "stop"], ["length", "length"], ["abort", "length"]];
  for (const [reason, done] of reasons) {
    await using server = answering(said("a") + end(reason!) + DONE);
    const reply = await createOpenAiCompatible(backendOptions(server.url)).chat(REQUEST);
    assert.equal(reply.done, done, reason);
  }
});

Deno.test("createOpenAiCompatible() constrains the reply to a schema", async () => {
  await using server = answering(said("{}") + end("stop") + DONE);
  const schema = { type: "object" };
  await createOpenAiCompatible(backendOptions(server.url)).chat({ ...REQUEST, schema });
  assert.deepEqual(bodyOf(server.requests[0]).response_format, {
    type: "json_schema",
    json_schema: { name: "reply", strict: true, schema },
  });
});

Deno.test("createOpenAiCompatible() asks once more where schemas are refused, and remembers", async () => {
  const body = '{"error":{"message":"response_format is not supported"}}';
  for (const status of [400, 422, 501]) {
    await using server = answering({ status, body }, said("{}") + end("stop") + DONE);
    const model = createOpenAiCompatible(backendOptions(server.url));
    const request = { ...REQUEST, schema: { type: "object" } };
    assert.equal((await model.chat(request)).text, "{}");
    assert.equal((await model.chat(request)).text, "{}");
    const formats = server.requests.map((text) => "response_format" in bodyOf(text));
    assert.deepEqual(formats, [true, false, false]);
  }
});

Deno.test("createOpenAiCompatible() keeps an answer whose end has come, whatever follows", async () => {
  const whole = said("Hello") + end("stop");
  const total = { promptTokens: 9, completionTokens: 2, estimated: false };
  const cases: [string, boolean, typeof total | undefined][] = [
    [whole, true, undefined],
    [whole, false, undefined],
    [whole + "data: {", false, undefined],
    [whole + event({ error: { message: "out of memory" } }), true, undefined],
    [whole + usage, true, total],
    [whole + event({ choices: [] }) + usage, false, total],
  ];
  for (const [text, staysOpen, expected] of cases) {
    await using server = startRawServer(async (connection) => {
      // Without its length the body would end well when the connection is closed.
      const head = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n";
      await connection.write(head + text);
      while (staysOpen && connection.open) await new Promise((next) => setTimeout(next, 10));
    });
    const start = performance.now();
    const model = createOpenAiCompatible(backendOptions(server.url, { timeoutMs: 2500 }));
    const reply = await model.chat(REQUEST);
    assert.deepEqual([reply.text, reply.done], ["Hello", "stop"], text);
    if (expected) assert.deepEqual(reply.usage, expected);
    assert.equal(reply.usage.estimated, expected === undefined);
    assert.ok(performance.now() - start < 1500);
  }
});

Deno.test("createOpenAiCompatible() stops when it is told to, also after the end", async () => {
  await using server = startRawServer(async (connection) => {
    await connection.write("HTTP/1.1 200 OK\r\n\r\n" + said("Hello") + end("stop"));
    while (connection.open) await new Promise((next) => setTimeout(next, 10));
  });
  const controller = new AbortController();
  const reason = new Error("enough");
  const onToken = () => setTimeout(() => controller.abort(reason), 50);
  const model = createOpenAiCompatible(backendOptions(server.url));
  await assert.rejects(model.chat({ ...REQUEST, signal: controller.signal, onToken }), reason);
});

Deno.test("createOpenAiCompatible() asks twice at most", async () => {
  await using server = answering({ status: 400, body: '{"error":"no"}' });
  const model = createOpenAiCompatible(backendOptions(server.url));
  await assert.rejects(model.chat({ ...REQUEST, schema: {} }), { fault: "failed" });
  assert.equal(server.requests.length, 2);
  await assert.rejects(model.chat(REQUEST), { fault: "failed" });
  assert.equal(server.requests.length, 3);
});

Deno.test("createOpenAiCompatible() sends as many stop strings as the API takes", async () => {
  await using server = answering(said("a") + end("stop") + DONE);
  const stop = ["a", "b", "c", "d", "e"];
  const profile = { ...PROFILE, stop };
  await createOpenAiCompatible(backendOptions(server.url, { profile })).chat(REQUEST);
  assert.deepEqual(bodyOf(server.requests[0]).stop, ["a", "b", "c", "d"]);
});

Deno.test("createOpenAiCompatible() drops the thinking that the template opened", async () => {
  const text = "Hm.\n</think>\n\nYes";
  const thinking = (delta: object) => event({ choices: [{ delta }] });
  const cases: [string, string][] = [
    [said(text), "Yes"],
    [thinking({ reasoning_content: "Hm." }) + said(text), text],
    [thinking({ reasoning: "Hm." }) + said(text), text],
    [said(`<think>Hm.</think>${text}`), text],
  ];
  const profile = { ...PROFILE, thinks: true };
  for (const [sent, expected] of cases) {
    await using server = answering(sent + end("stop") + DONE);
    const model = createOpenAiCompatible(backendOptions(server.url, { profile }));
    assert.equal((await model.chat(REQUEST)).text, expected);
  }
});

Deno.test("embed() of an OpenAI-compatible server sorts the vectors as the texts", async () => {
  const data = [{ index: 1, embedding: [2] }, { index: 0, embedding: [1] }];
  await using server = answering(JSON.stringify({ data }));
  const model = createOpenAiCompatible(backendOptions(server.url));
  assert.deepEqual(await model.embed(["a", "b"]), [[1], [2]]);
  await assert.rejects(model.embed(["a"]), /2 vectors came for 1 texts/);
});
