import assert from "node:assert/strict";
import { scoreTools } from "../plan/choose_tools.ts";
import { ownTools } from "../execute/fake_toolbox.ts";
import { mayNeedTools } from "./may_need_tools.ts";
import { readMessage } from "./read_message.ts";

const CODE = { code: { path: "src/app.py" } };

function mayNeed(said: string, sight = {}): boolean {
  return mayNeedTools(readMessage(said), scoreTools(said, ownTools()), sight);
}

Deno.test("mayNeedTools() tells what may be an order from talk", () => {
  const orders = [
    "reveiw src/app.py",
    "Binary search in C",
    "parse nginx logs, some python that groups them",
    "what are the requirements for a chat, write them down",
    "how should I test it? write the tests please",
    "could this be tested?",
    "any problems with that?",
    "I could use a little something that merges two lists",
    "got a helper for durations?",
    "sum up two columns",
    "could you do that with a dict instead",
    "shorter please",
    "without a loop",
  ];
  const talk = [
    "hi",
    "what are the requirements for a driving licence",
    "what did you write, and why",
    "don't test it, write me when you are done",
    "why is it slow? because of python",
    "do you like it",
    "our team meets on Fridays",
    "wow, that was fast",
    "see you tomorrow then",
    "ok nice",
  ];
  for (const said of orders) assert.ok(mayNeed(said, CODE), said);
  for (const said of talk) assert.ok(!mayNeed(said, CODE), said);
});

Deno.test("mayNeedTools() takes what the code should do for an order, where there is code", () => {
  const said = "hmm it should also skip the empty ones";
  assert.deepEqual([mayNeed(said, CODE), mayNeed(said)], [true, false]);
});
