/** Whole turns over messages that the rules were not made after. */
import assert from "node:assert/strict";
import { HELD_OUT_TALK, HELD_OUT_WISHES } from "./held_out_tasks.ts";
import {
  type Behaviour,
  type ConversationFigures,
  measureConversations,
} from "./weak_conversation.ts";

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

const BEHAVIOURS: [string, Behaviour][] = [
  ["perfect model", { kind: "perfect" }],
  ...[1, 2, 3, 4, 5].map((seed): [string, Behaviour] => [`weak model ${seed}`, {
    kind: "weak",
    seed,
  }]),
];

Deno.test("a turn understands words it was not made after", async () => {
  for (const [name, behaviour] of BEHAVIOURS) {
    const figures = await measureConversations(TASKS, behaviour);
    told(name, figures);
    if (Deno.env.get("SHOW")) console.log(figures.wrong.join("\n"));
    assert.deepEqual(figures.crashes, []);
    assert.equal(figures.loops, 0);
  }
});
