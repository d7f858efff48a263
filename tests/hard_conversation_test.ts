/** Conversations that go wrong on the way, or over many messages, with a weak model. */
import assert from "node:assert/strict";
import { type HardFigures, measureHard } from "./hard_conversation.ts";
import { hardConversations, longConversations } from "./hard_tasks.ts";

function check(name: string, figures: HardFigures): void {
  const { conversations, messages, right, loops, crashes, wrong, modelCalls, questions } = figures;
  console.log(
    `${name}: ${right} of ${messages} messages in ${conversations} conversations right, ` +
      `${loops.length} loops, ${crashes.length} crashes, ` +
      `${(modelCalls / messages).toFixed(2)} calls of the chat model each, ${questions} questions`,
  );
  if (Deno.env.get("SHOW")) console.log(wrong.join("\n"));
  assert.deepEqual([loops, crashes], [[], []]);
  assert.ok(right >= 0.97 * messages, wrong.join("\n"));
}

Deno.test("a turn ends well, or says why not, where much is in the way", async () => {
  check("hard", await measureHard(hardConversations(231, 20261120), 1));
});

Deno.test("a turn knows what it, that and the tests mean", async () => {
  check("long", await measureHard(longConversations(108, 20261120), 2));
});
