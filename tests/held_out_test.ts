/** Whole turns over messages that the rules were not made after. */
import assert from "node:assert/strict";
import { HELD_OUT_TALK, HELD_OUT_WISHES } from "./held_out_tasks.ts";
import { type ConversationFigures, measureConversations } from "./weak_conversation.ts";

const TASKS = [...HELD_OUT_WISHES, ...HELD_OUT_TALK];

function told(name: string, figures: ConversationFigures) {
  const { tasks, right, strange, direct, falseHits, loops, crashes, modelCalls, questions } =
    figures;
  console.log(
    `${name}: ${right} of ${tasks} right, ${strange} ran what nobody wanted, ` +
      `${direct} without asking what was meant (${falseHits.length} of them false), ${loops} loops, ` +
      `${crashes.length} crashes, ${(modelCalls / tasks).toFixed(2)} calls of models each, ` +
      `${questions} questions`,
  );
}

Deno.test("a turn understands words it was not made after", async () => {
  const perfect = await measureConversations(TASKS, { kind: "perfect" });
  told("perfect model", perfect);
  assert.deepEqual(perfect.wrong, []);
  assert.ok(perfect.direct <= 0.4 * TASKS.length, "most messages are to need a model");
  for (const seed of [1, 2]) {
    const weak = await measureConversations(TASKS, { kind: "weak", seed });
    told(`weak model ${seed}`, weak);
    assert.deepEqual([weak.crashes, weak.falseHits, weak.loops], [[], [], 0]);
    assert.ok(weak.right >= 0.97 * TASKS.length, weak.wrong.join("\n"));
    assert.ok(weak.strange <= 0.01 * TASKS.length, weak.wrong.join("\n"));
    assert.ok(weak.modelCalls <= 1.5 * perfect.modelCalls, `${weak.modelCalls} calls`);
  }
});
