import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import { createEndpointPool } from "../endpoints/endpoint_pool.ts";
import { ModelError } from "../model_error.ts";
import { createScripted, type ScriptedReply } from "../scripted.ts";
import { askStructured } from "./structured.ts";

const schema = z.object({
  title: z.string().min(1),
  steps: z.array(z.string()).min(1),
  size: z.enum(["low", "medium", "high"]),
  tests: z.int().min(0).max(100).default(3),
});
const answer = { title: "A", steps: ["one", "two"], size: "low", tests: 5 };
const json = JSON.stringify(answer);
const messages = [{ role: "user" as const, content: "Plan." }];

function ask(
  replies: ScriptedReply[],
  fallback?: (text: string) => z.output<typeof schema> | undefined,
) {
  const model = createScripted(replies);
  return { model, reply: askStructured(model, { messages, schema, maxTokens: 100, fallback }) };
}

Deno.test("askStructured() takes the answer however it is wrapped", async () => {
  const cases: [string, string][] = [
    [json, "direct"],
    [` ${JSON.stringify(answer, null, 2)}\n`, "direct"],
    [`Sure! Here it is:\n\n${json}\n\nAnything else?`, "repaired"],
    ["```json\n" + json + "\n```", "repaired"],
    ["Use {braces} and [1] as said:\n~~~\n" + json + "\n~~~\n{}", "repaired"],
    [`{"result": ${json}}`, "repaired"],
    [`[${json}]`, "repaired"],
    [JSON.stringify({ ...answer, extra: 1 }), "repaired"],
    [`{'title': 'A', 'steps': ['one', 'two',], 'size': "LOW", tests: "5"}`, "repaired"],
    [
      `{"Title": "A", "Steps": "- one\\n- two", "SIZE": "low complexity", "tests": "about 5"}`,
      "repaired",
    ],
    [
      json.slice(0, -1).replace(',"tests":5', "").replace('"title"', '"tests":5,"title"'),
      "repaired",
    ],
    [`First {"title": "draft"}, then ${json}`, "repaired"],
  ];
  for (const [text, how] of cases) {
    assert.deepEqual(await ask([text]).reply, { value: answer, calls: 1, how }, text);
  }
});

Deno.test("askStructured() asks once more, with what was wrong", async () => {
  const { model, reply } = ask([`{"title": "A", "size": "low"}`, json]);
  assert.deepEqual(await reply, { value: answer, calls: 2, how: "retried" });
  const [first, second] = model.requests;
  assert.deepEqual(second!.messages.slice(0, 1), first!.messages);
  assert.match(second!.messages.at(-1)!.content, /steps: .*expected array/);
  assert.match(second!.messages.at(-1)!.content, /"title", "steps", "size", "tests"/);
});

Deno.test("askStructured() never takes a part for the whole", async () => {
  const list = z.array(z.object({ title: z.string() }));
  for (const done of ["stop", "length"] as const) {
    for (const text of [json.slice(0, -9), `\`\`\`json\n${json.slice(0, 30)}`, json.slice(0, 27)]) {
      const { reply } = ask([{ text, done }, json]);
      assert.equal((await reply).how, "retried", text);
      await assert.rejects(ask([{ text, done }, { text, done }, { text, done }]).reply, ModelError);
    }
    const cut = { text: '[{"title": "a"}, {"title": "b"}, {"tit', done };
    const model = createScripted([cut, cut, cut]);
    await assert.rejects(
      askStructured(model, { messages, schema: list, maxTokens: 9 }),
      ModelError,
    );
  }
});

Deno.test("askStructured() mends nothing of a reply that was cut off", async () => {
  const open = '{"title":"A","tests":5,"size":"low","steps":["one","two"';
  const cuts = [
    `${open}]\n\nStep three is`,
    `${open}}\n\nStep thr`,
    `${open}], `,
    `${open}]`,
    `${open},]}`,
    `\`\`\`json\n${open}]\n\`\`\`\nStep thr`,
    `Use {size: "low", steps: [one]} or ${json}`,
  ];
  for (const text of cuts) {
    const cut = { text, done: "length" as const };
    await assert.rejects(ask([cut, cut, cut]).reply, { fault: "unusable" }, text);
  }
  const model = createScripted([{ text: "12", done: "length" }, { text: "123" }]);
  const number = { messages, schema: z.number(), maxTokens: 9 };
  assert.equal((await askStructured(model, number)).value, 123);
});

const whole = fc.record({
  title: fc.constantFrom("A", 'say "{[" there', "it's\n\nnot"),
  steps: fc.array(fc.constantFrom("one", "]}", "{a: 1}", "two, three"), { minLength: 1 }),
  size: fc.constantFrom("low", "high"),
  tests: fc.nat(100),
}, { noNullPrototype: true });

Deno.test("askStructured() takes no beginning of an answer that was cut off", async () => {
  const places = fc.constantFrom("", "Sure:\n\n", "```json\n");
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(fc.asyncProperty(
    ...[whole, places, fc.constantFrom(0, 2), share] as const,
    async (answer, before, indent, share) => {
      const text = `${before}${
        JSON.stringify(answer, null, indent)
      }\n\`\`\`\n\nIt's done (so far).`;
      const cut = { text: text.slice(0, Math.floor(share * text.length)), done: "length" as const };
      const isClosed = cut.text.length >= text.lastIndexOf("}") + 1;
      const { reply } = ask([cut, cut, cut]);
      if (isClosed) assert.deepEqual((await reply).value, answer);
      else await assert.rejects(reply, { name: "ModelError", fault: "unusable" }, cut.text);
    },
  ));
});

Deno.test("askStructured() takes a whole answer though the prose after it was cut off", async () => {
  const { reply } = ask([{ text: `${json}\nThis is becau`, done: "length" }]);
  assert.equal((await reply).calls, 1);
});

Deno.test("askStructured() asks for less when the reply was cut off", async () => {
  const { model, reply } = ask([{ text: json.slice(0, 20), done: "length" }, json]);
  await reply;
  assert.match(model.requests[1]!.messages.at(-1)!.content, /cut off.*100 tokens.*shorter/);
});

Deno.test("askStructured() falls back on the newest whole reply", async () => {
  const seen: string[] = [];
  const value = { ...answer, size: "high" as const };
  const cut = { text: "cut", done: "length" as const };
  const { reply } = ask(["no", cut, cut], (text) => {
    seen.push(text);
    return value;
  });
  assert.deepEqual(await reply, { value, calls: 3, how: "fallback" });
  assert.deepEqual(seen, ["no"]);
});

Deno.test("askStructured() asks a third time only where a reply was cut off", async () => {
  const cut = { text: json.slice(0, 30), done: "length" as const };
  const unnoticed = json.slice(0, 30);
  for (const replies of [[cut, "no", json], ["no", cut, json], [unnoticed, unnoticed, json]]) {
    assert.deepEqual(await ask(replies).reply, { value: answer, calls: 3, how: "retried" });
  }
  await assert.rejects(ask(["no", "no", json]).reply, ModelError);
  await assert.rejects(ask([cut, cut, cut, json]).reply, ModelError);
});

Deno.test("askStructured() says in one line what came", async () => {
  await assert.rejects(ask(["I can't\ndo that", "Sorry,\n\x1b[31mno"]).reply, (error) => {
    assert.ok(error instanceof ModelError);
    assert.equal(error.fault, "unusable");
    assert.equal(
      error.message,
      'Cannot use the reply of "scripted": no JSON in it; it said "Sorry, [31mno"',
    );
    return true;
  });
});

Deno.test("askStructured() passes on what fails at the server, and why it is aborted", async () => {
  const down = new ModelError("unreachable", "Cannot reach it");
  await assert.rejects(ask([down]).reply, down);
  await assert.rejects(ask(["no", down]).reply, down);
  assert.equal((await ask(["no", down], () => schema.parse(answer)).reply).how, "fallback");
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  const model = createScripted([json]);
  await assert.rejects(askStructured(model, { messages, schema, maxTokens: 9, signal }), reason);
});

Deno.test("askStructured() tells of the first reply when the second prompt has no room", async () => {
  const full = new ModelError("too_long", "Too long");
  await assert.rejects(ask(["Sorry.", full]).reply, /Cannot use the reply of .*"Sorry\."/);
  const partly = JSON.stringify({ ...answer, steps: ["one", {}, "two"] });
  assert.deepEqual((await ask([partly, full]).reply).value, answer);
});

Deno.test("askStructured() never takes an object without any of the keys", async () => {
  const loose = z.object({ notes: z.array(z.string()).default([]), size: z.string().default("x") });
  for (const text of ["{}", '{"error": "no"}', "[]", "null", "3", '"x"']) {
    const model = createScripted([text, text]);
    await assert.rejects(
      askStructured(model, { messages, schema: loose, maxTokens: 9 }),
      ModelError,
    );
  }
});

Deno.test("askStructured() goes on at another endpoint when one breaks off in its reply", async () => {
  const breaks = createScripted([]);
  breaks.chat = ({ onToken }) => {
    onToken?.("half");
    return Promise.reject(new ModelError("protocol", "Cannot read it: cut off"));
  };
  const options = { timeoutMs: 1000 };
  const pool = createEndpointPool([breaks, createScripted([json])], options);
  const heard: string[] = [];
  const onToken = (text: string) => heard.push(text);
  const { value } = await askStructured(pool, { messages, schema, maxTokens: 100, onToken });
  assert.deepEqual(value, answer);
  assert.equal(heard[0], "half");
});
