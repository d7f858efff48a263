import assert from "node:assert/strict";
import { ownTools } from "../../agent/execute/fake_toolbox.ts";
import { scriptPerson } from "./script_person.ts";

const signal = new AbortController().signal;
const step = { id: "step1", tool: "write_file", purpose: "", arguments: {}, needs: [] };

Deno.test("scriptPerson() answers at once that nobody is there, and says so", async () => {
  const told: string[] = [];
  const person = scriptPerson({ approve: "ask" }, (line) => told.push(line));
  const tool = ownTools().find(({ name }) => name === "write_file")!;
  const no = { kind: "no", reason: "" };
  assert.deepEqual(await person.approve({ tool, step, arguments: {} }, signal), no);
  assert.deepEqual(await person.confirmPlan([step], signal), no);
  const question = { text: "Which file?", choices: ["a.py", "b.py"] };
  assert.equal(await person.ask([question], signal), undefined);
  assert.deepEqual(told, [
    "not run: write_file; nobody is there to agree (--approve all allows it)",
    "not run: the plan; nobody is there to agree (--approve all allows it)",
    "not answered: Which file? (a.py | b.py); say it in the message",
  ]);
});

Deno.test("scriptPerson() agrees to plans where everything may run", async () => {
  const person = scriptPerson({ approve: "all" }, assert.fail);
  assert.deepEqual(await person.confirmPlan([step], signal), { kind: "yes" });
});
