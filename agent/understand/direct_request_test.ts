import assert from "node:assert/strict";
import fc from "fast-check";
import { codeInSight, spotOfFile } from "./code_in_sight.ts";
import { readDirectRequest } from "./direct_request.ts";
import { fakeWorld } from "../fake_world.ts";
import { makePlan } from "../plan/make_plan.ts";
import { readMessage } from "./read_message.ts";
import { findPaths } from "./read_subjects.ts";
import { readFocus, readFramework, readLanguage, readTargets } from "./read_parameters.ts";
import { SAYINGS } from "./sayings_fixture.ts";

const LAST = { code: { text: "x = 1\n", language: "python" } };

/** The plan of a message in the form of {@link SAYINGS}. */
async function planOf(said: string): Promise<string> {
  const { world, toolbox, state } = fakeWorld({ last: LAST, files: { "src/app.py": "x = 1\n" } });
  const message = readMessage(said);
  const wishes = readDirectRequest(message);
  if (!wishes) return "-";
  const sight = await codeInSight(state(said), message);
  const spotOf = (path: string) => spotOfFile(path, [], world.files);
  const planned = makePlan(wishes, toolbox.list(), { sight, spotOf });
  assert.ok(planned.ok);
  return planned.steps.map(({ tool, arguments: args, needs }) => {
    const by = needs.length > 0 ? ` <${needs.map((id) => id.replace("step", "")).join(",")}` : "";
    return `${tool} ${Object.keys(args).sort().join(" ")}${by}`;
  }).join("; ");
}

Deno.test("readDirectRequest() reads the usual ways of saying things, and nothing else", async () => {
  assert.ok(SAYINGS.length >= 150, `${SAYINGS.length}`);
  const wrong: string[] = [];
  for (const [said, plan] of SAYINGS) {
    const found = await planOf(said);
    if (found !== plan) wrong.push(`${said}: ${found}, not ${plan}`);
  }
  assert.deepEqual(wrong, []);
});

const WORDS = [
  ..."review format write a function that test tests it and then , . ? ! with for save as fib.py ``` ' \" ` @ \u0000 to in of please can you don't"
    .split(" "),
  " ",
  "\n",
  "ä",
];

Deno.test("readDirectRequest() never throws", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 200 }),
    fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(text, (input) => {
      const message = readMessage(input);
      readDirectRequest(message);
      for (const read of [readFocus, readFramework, readLanguage, readTargets, findPaths]) {
        read(message.text);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("readDirectRequest() takes no time over long hostile messages", () => {
  const size = 100_000;
  for (
    const unit of [
      ...WORDS,
      "review ",
      " and ",
      ", then ",
      "a, ",
      "please ",
      "/",
      "./",
      "a/",
      "a.",
      "save ",
      "'a ",
      "with tests and ",
      "\t,",
      "@a ",
      "write a ",
    ]
  ) {
    const input = `write a function ${unit.repeat(Math.ceil(size / Math.max(1, unit.length)))}`;
    for (const text of [input, input.slice(17)]) {
      const start = performance.now();
      const message = readMessage(text);
      readDirectRequest(message);
      for (const read of [readFocus, readFramework, readLanguage, readTargets, findPaths]) {
        read(message.text);
      }
      const took = performance.now() - start;
      assert.ok(took < 1_000, `${JSON.stringify(unit)} takes ${took} ms`);
    }
  }
});
