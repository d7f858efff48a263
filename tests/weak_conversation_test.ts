/** The weak model drives whole turns: what people get of it, and how often it has to be asked. */
import assert from "node:assert/strict";
import { conversationTasks } from "./conversation_tasks.ts";
import { type ConversationFigures, measureConversations } from "./weak_conversation.ts";

const TASKS = conversationTasks(500, 20261120);

function told(
  name: string,
  { tasks, right, direct, loops, crashes, modelCalls }: ConversationFigures,
) {
  console.log(
    `${name}: ${right} of ${tasks} right, ${direct} without asking what was meant, ${loops} loops, ` +
      `${crashes.length} crashes, ${(modelCalls / tasks).toFixed(2)} calls of models each`,
  );
}

Deno.test("a turn does what is asked for, also with a weak model", async () => {
  const perfect = await measureConversations(TASKS, { kind: "perfect" });
  told("perfect model", perfect);
  const weak = await measureConversations(TASKS, { kind: "weak", seed: 1 });
  told("weak model", weak);
  assert.ok(perfect.direct <= 0.4 * TASKS.length, "most tasks are to need a model");
  assert.deepEqual(perfect.wrong.slice(0, 5), [], `${perfect.wrong.length} are wrong`);
  for (const { crashes, loops } of [perfect, weak]) {
    assert.deepEqual(crashes, []);
    assert.equal(loops, 0);
  }
  assert.ok(weak.right >= 0.97 * TASKS.length, `${weak.wrong.join("\n")}`);
  assert.ok(weak.modelCalls <= 1.5 * perfect.modelCalls, `${weak.modelCalls} calls`);
});
