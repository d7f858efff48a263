import assert from "node:assert/strict";
import { z } from "zod";
import { createScripted, scriptedModels } from "../../models/scripted.ts";
import { ModelError } from "../../models/model_error.ts";
import { askStructured } from "../../models/structured/structured.ts";
import type { ModelQuestion } from "../../server/call_tool.ts";
import { NeedsAnswer, withClientModel } from "./client_models.ts";

const none = scriptedModels({});
const request = {
  messages: [
    { role: "system" as const, content: "Be brief" },
    { role: "user" as const, content: "Hello" },
  ],
  maxTokens: 10,
};
const refuse = () => assert.fail("ended");

/** What a call ends with. */
async function questionOf(work: (end: (reason: NeedsAnswer) => void) => Promise<unknown>) {
  let question: ModelQuestion | undefined;
  await assert.rejects(work((reason) => question = reason.question), NeedsAnswer);
  return question!;
}

Deno.test("withClientModel() ends the call with a question, and goes on with its answer", async () => {
  const question = await questionOf(async (end) =>
    (await withClientModel(none, {}, end).get("chat")).chat(request)
  );
  const { key, ...rest } = question;
  assert.deepEqual(rest, {
    system: "Be brief",
    messages: [{ role: "user", text: "Hello" }],
    maxTokens: 10,
  });
  const pieces: string[] = [];
  const model = await withClientModel(none, { [key]: "Hi" }, refuse).get("chat");
  const reply = await model.chat({ ...request, onToken: (text) => pieces.push(text) });
  assert.deepEqual([reply.text, reply.done, pieces], ["Hi", "stop", ["Hi"]]);
});

Deno.test("withClientModel() knows questions apart, and the same again", async () => {
  const ask = (more: object) =>
    questionOf(async (end) =>
      (await withClientModel(none, {}, end).get("code")).chat({ ...request, ...more })
    );
  const [first, again, other, colder] = await Promise.all(
    [{}, {}, { maxTokens: 11 }, { temperature: 0 }].map(ask),
  );
  assert.equal(first!.key, again!.key);
  assert.equal(new Set([first, other, colder].map((one) => one!.key)).size, 3);
});

Deno.test("withClientModel() leaves models that there are, and their faults, alone", async () => {
  const local = createScripted(["local"]);
  const models = withClientModel(scriptedModels({ chat: local }), {}, refuse);
  assert.equal((await (await models.get("chat")).chat(request)).text, "local");
  const fault = new ModelError("unauthorized", "Cannot ask it");
  const broken = { get: () => Promise.reject(fault) };
  await assert.rejects(withClientModel(broken, {}, refuse).get("chat"), fault);
});

Deno.test("withClientModel() gives structured answers, repaired where they need it", async () => {
  const schema = z.object({ lines: z.int() });
  const question = { messages: request.messages, schema, maxTokens: 10 };
  const { key } = await questionOf(async (end) =>
    askStructured(await withClientModel(none, {}, end).get("chat"), question)
  );
  const answers = { [key]: 'Sure: ```json\n{"lines": "3"}\n```' };
  const model = await withClientModel(none, answers, refuse).get("chat");
  assert.deepEqual((await askStructured(model, question)).value, { lines: 3 });
});
