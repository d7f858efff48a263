import assert from "node:assert/strict";
import { ModelError } from "../models/model_error.ts";
import { createScripted, scriptedModels } from "../models/scripted.ts";
import { type ModelEvent, observedModels } from "./observed_models.ts";

Deno.test("observedModels() tells of calls and of faults, and nothing of what was said", async () => {
  const events: ModelEvent[] = [];
  const chat = createScripted(["secret answer", new ModelError("busy", "secret")]);
  const models = observedModels(scriptedModels({ chat }), (event) => events.push(event));
  const model = await models.get("chat");
  const request = { messages: [{ role: "user" as const, content: "secret" }], maxTokens: 5 };
  assert.equal((await model.chat(request)).text, "secret answer");
  await assert.rejects(model.chat(request), { fault: "busy" });
  assert.deepEqual(
    events.map(({ provider, model, errorType, outputTokens }) => [
      provider,
      model,
      errorType,
      (outputTokens ?? 0) > 0,
    ]),
    [["scripted", "scripted", undefined, true], ["scripted", "scripted", "busy", false]],
  );
  assert.doesNotMatch(JSON.stringify(events), /secret/);
});
