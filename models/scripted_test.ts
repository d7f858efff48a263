import assert from "node:assert/strict";
import type { ChatRequest } from "./chat_model.ts";
import { ModelError } from "./model_error.ts";
import { createScripted, scriptedModels } from "./scripted.ts";

const REQUEST: ChatRequest = { messages: [{ role: "user", content: "Hello" }], maxTokens: 10 };

Deno.test("createScripted() answers each call with its reply and keeps the requests", async () => {
  const model = createScripted([
    "one",
    ({ messages }) => `${messages[0]?.content}?`,
    { text: "cut", done: "length" },
    new ModelError("busy", "Cannot ask: busy"),
  ]);
  assert.equal((await model.chat(REQUEST)).text, "one");
  assert.equal((await model.chat(REQUEST)).text, "Hello?");
  assert.equal((await model.chat(REQUEST)).done, "length");
  await assert.rejects(model.chat(REQUEST), { fault: "busy" });
  await assert.rejects(model.chat(REQUEST), /No reply is scripted for call 5/);
  assert.equal(model.requests.length, 5);
});

Deno.test("createScripted() repeats the last reply when asked to", async () => {
  const model = createScripted(["one", "two"], { repeatLast: true });
  const texts = [];
  for (let i = 0; i < 3; i++) texts.push((await model.chat(REQUEST)).text);
  assert.deepEqual(texts, ["one", "two", "two"]);
});

Deno.test("createScripted() streams the whole text and stops when it is aborted", async () => {
  const controller = new AbortController();
  let streamed = "";
  const text = "a reply of more than one piece";
  const model = createScripted([text, text]);
  await model.chat({ ...REQUEST, onToken: (piece) => streamed += piece });
  assert.equal(streamed, text);
  const aborting = { ...REQUEST, signal: controller.signal, onToken: () => controller.abort("no") };
  await assert.rejects(model.chat(aborting), (reason) => reason === "no");
});

Deno.test("scriptedModels() has no model for a role that is not given", async () => {
  const code = createScripted(["one"]);
  const models = scriptedModels({ code });
  assert.equal(await models.get("code"), code);
  await assert.rejects(models.get("chat"), { fault: "none" });
});
