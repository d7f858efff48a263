import assert from "node:assert/strict";
import { createOffers, type OffersChange } from "../prompts/offers.ts";
import { createPromptCatalog } from "./create_prompt_catalog.ts";

let tell: (change: OffersChange) => void = () => {};
const offers = {
  ...createOffers({}),
  watch: (listener: typeof tell) => {
    tell = listener;
    return () => tell = () => {};
  },
};
const catalog = createPromptCatalog(offers);

Deno.test("list() has the prompts, and no personas", async () => {
  const prompts = await catalog.list();
  assert.equal(prompts.length, 7);
  assert.ok(prompts.every(({ name, title, description }) => name && title && description));
  assert.deepEqual(
    prompts.find(({ name }) => name === "formalize-task")?.arguments?.map((
      one,
    ) => [one.name, one.required]),
    [["task", true], ["context", false]],
  );
});

Deno.test("get() gives one message, with the person's text as data", async () => {
  const prompt = await catalog.get("code-review", { code: "a = '```'", language: "Python" });
  const [message, ...more] = prompt?.messages ?? [];
  assert.deepEqual(more, []);
  assert.equal(message?.role, "user");
  const text = message?.content.type === "text" ? message.content.text : "";
  assert.ok(text.endsWith("\n\n````python\na = '```'\n````"), text.slice(-60));
  assert.match(text, /^- Language: Python$/m);
});

Deno.test("get() knows prompts only", async () => {
  for (const name of ["architect", "review_code", "constructor", ""]) {
    assert.equal(await catalog.get(name, {}), undefined);
  }
});

Deno.test("complete() proposes what an argument may be", async () => {
  const cases: [name: string, argument: string, value: string, expected?: string[]][] = [
    ["code-review", "language", "ja", ["javascript", "java"]],
    ["code-review", "style", "PEP", ["pep8", "pep257"]],
    ["test-generation", "framework", "go", ["go test", "GoogleTest"]],
    ["commit-message", "convention", "conv", ["conventional commits"]],
    ["explain-code", "audience", "begin", ["beginner"]],
    ["code-review", "code", "", []],
    ["code-review", "nothing", ""],
    ["nothing", "language", ""],
    ["architect", "language", ""],
  ];
  for (const [name, argument, value, expected] of cases) {
    assert.deepEqual(await catalog.complete(name, argument, value), expected, name + argument);
  }
});

Deno.test("watch() tells of prompts, and of nothing else", async () => {
  let told = 0;
  const stop = catalog.watch(() => told++);
  const [persona, prompt] = [await offers.find("architect"), await offers.find("refactor")];
  tell([{ before: persona }]);
  assert.equal(told, 0);
  tell([{ before: persona, after: prompt }]);
  tell([{ before: prompt }, { after: prompt }]);
  assert.equal(told, 2);
  stop();
  tell([{ before: prompt }]);
  assert.equal(told, 2);
});
