import assert from "node:assert/strict";
import fc from "fast-check";
import { askCode, type CodeQuestion } from "./code_reply.ts";
import { createEndpointPool } from "./endpoints/endpoint_pool.ts";
import { ModelError } from "./model_error.ts";
import { createScripted, type ScriptedReply } from "./scripted.ts";

const messages = [{ role: "user" as const, content: "Write f." }];
const CODE = "def f():\n    return 1\n";
const FENCED = "```python\n" + CODE + "```";

/** Stands for a parser: good code defines f and is balanced. */
function check(code: string): Promise<string | undefined> {
  const isGood = /^def f\(\)/m.test(code) && !/^[A-Z]/m.test(code) && !code.includes("bad");
  return Promise.resolve(isGood ? undefined : "line 1: bad");
}

function ask(replies: ScriptedReply[], options: Partial<CodeQuestion> = {}) {
  const model = createScripted(replies);
  const question = { messages, language: "python", maxTokens: 100, check, ...options };
  return { model, reply: askCode(model, question) };
}

Deno.test("askCode() takes code however it is fenced", async () => {
  const cases: [string, string][] = [
    [FENCED, ""],
    [`Here it is:\n\n${FENCED}\n\nIt returns 1.`, "Here it is:\n\nIt returns 1."],
    ["```py\n" + CODE + "```", ""],
    ["~~~~ Python title=x\r\n" + CODE.replaceAll("\n", "\r\n") + "~~~~", ""],
    ["```\n" + CODE + "```", ""],
    ["```java\n" + CODE + "```", ""],
    ["```bash\n" + CODE + "```", ""],
    ["```bash\npip install x\n```\n" + FENCED, ""],
    [`${FENCED}\nUse:\n\`\`\`python\nf()\n\`\`\``, "Use:"],
    [`${FENCED}\nand:\n\`\`\`python\nbad()\n\`\`\``, "and:"],
    ["1. Like this:\n   ```python\n   def f():\n       return 1\n   ```", "1. Like this:"],
    ["```python\n    def f():\n        return 1\n```", ""],
    [CODE, ""],
    [`Sure! This works (I hope):\n\n${CODE}\n\nBye.`, "Sure! This works (I hope):\n\nBye."],
    ["Here you are:```python\n" + CODE + "```", "Here you are:"],
  ];
  for (const [text, prose] of cases) {
    assert.deepEqual(await ask([text]).reply, { code: CODE, prose, calls: 1 }, text);
  }
});

Deno.test("askCode() joins blocks that are parts", async () => {
  const text = "```python\nimport os\nimport re\n```\nthen\n```python\n" + CODE + "```";
  const { code } = await ask([text]).reply;
  assert.equal(code, `import os\nimport re\n\n${CODE}`);
});

Deno.test("askCode() keeps fences that are part of the code", async () => {
  for (const inner of ["    ```sh\n    x\n    ```\n", "```sh\nx\n```\n", "~~~\nx\n"]) {
    const code = `def f():\n    """\n${inner}    """\n`;
    const { reply } = ask(["```python\n" + code + "```\nDone."]);
    assert.deepEqual(await reply, { code, prose: "Done.", calls: 1 });
  }
});

Deno.test("askCode() sends a finding back once, with the code", async () => {
  const { model, reply } = ask(["```python\nbad()\n```", FENCED]);
  assert.deepEqual(await reply, { code: CODE, prose: "", calls: 2 });
  const [first, second] = model.requests;
  assert.deepEqual(second!.messages.slice(0, 1), first!.messages);
  assert.equal(second!.messages[1]!.content, "```python\nbad()\n```");
  assert.match(second!.messages[2]!.content, /line 1: bad/);
});

Deno.test("askCode() says what is left after that", async () => {
  const found = { code: "bad(2)\n", prose: "", calls: 2, finding: "line 1: bad" };
  assert.deepEqual(
    await ask(["```python\nbad(1)\n```", "```python\nbad(2)\n```"]).reply,
    found,
  );
  assert.deepEqual(await ask(["```python\nbad(2)\n```", "Sorry."]).reply, found);
  const down = new ModelError("timeout", "Too slow");
  assert.deepEqual(await ask(["```python\nbad(2)\n```", down]).reply, { ...found, calls: 1 });
});

Deno.test("askCode() never takes a part for the whole", async () => {
  const cuts: ScriptedReply[] = [
    { text: "```python\n" + CODE, done: "length" },
    { text: CODE, done: "length" },
    { text: `${FENCED}\nIt is becau`, done: "length" },
    "```python\n" + CODE,
    `${FENCED}\nUse:\n\`\`\`python\nf(`,
  ];
  for (const cut of cuts) {
    const { model, reply } = ask([cut, FENCED]);
    assert.deepEqual(await reply, { code: CODE, prose: "", calls: 2 });
    assert.match(model.requests[1]!.messages.at(-1)!.content, /cut off.*shorter/);
    for (const options of [{}, { check: undefined }]) {
      await assert.rejects(ask([cut, cut, cut, FENCED], options).reply, {
        fault: "unusable",
        message: /^Cannot use the reply of "scripted": cut off at \d+ tokens$/,
      });
    }
  }
});

Deno.test("askCode() asks a third time only where a reply was cut off", async () => {
  const cut = "```python\n" + CODE;
  const wrong = "```python\nbad()\n```";
  for (const replies of [[cut, cut, FENCED], [cut, wrong, FENCED], [wrong, cut, FENCED]]) {
    assert.deepEqual(await ask(replies).reply, { code: CODE, prose: "", calls: 3 });
  }
  const left = { code: "bad()\n", prose: "", finding: "line 1: bad" };
  assert.deepEqual(await ask([wrong, wrong, FENCED]).reply, { ...left, calls: 2 });
  assert.deepEqual(await ask([wrong, cut, cut, FENCED]).reply, { ...left, calls: 3 });
});

/** Any code in a block, with prose, other blocks and fences within. */
const fencedReply = fc.record({
  before: fc.constantFrom("", "Here it is:\n\n", "Use [it]:\n```bash\npip install x\n```\n"),
  label: fc.constantFrom("go", "", "java"),
  lines: fc.array(fc.constantFrom("x := 1", "// it's", "", "}", "~~~", "    ```", "`a`"), {
    minLength: 1,
  }),
  after: fc.constantFrom("", "\n\nIt's done.", "\nThen:\n```go\nrun()\n```\n"),
}).map(({ before, label, lines, after }) =>
  `${before}\`\`\`${label}\nf()\n${lines.join("\n")}\n\`\`\`${after}`
);

Deno.test("askCode() takes no beginning of a reply that was cut off", async () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  await fc.assert(fc.asyncProperty(fencedReply, share, async (whole, share) => {
    const text = whole.slice(0, Math.floor(share * whole.length));
    const cut: ScriptedReply = { text, done: "length" };
    for (const check of [undefined, () => Promise.resolve(undefined)]) {
      const { reply } = ask([cut, cut, cut], { language: "go", check });
      await assert.rejects(reply, { name: "ModelError", fault: "unusable" }, text);
    }
  }));
});

Deno.test("askCode() fails when there is no code at all", async () => {
  for (const text of ["", "Sorry.", "I can't (do that)", "```\n```", "```text\nno\n```"]) {
    await assert.rejects(
      ask([text, text]).reply,
      (error) => error instanceof ModelError && error.fault === "unusable",
      text,
    );
  }
});

Deno.test("askCode() without a check takes fenced code only, of a programming language", async () => {
  assert.equal((await ask(["```rust\nx\n```"], { check: undefined }).reply).calls, 1);
  for (const text of [CODE, "```bash\nls\n```"]) {
    await assert.rejects(ask([text, text], { check: undefined }).reply, ModelError);
  }
});

Deno.test("askCode() goes on at another endpoint when one breaks off in its reply", async () => {
  const breaks = createScripted([]);
  breaks.chat = ({ onToken }) => {
    onToken?.("half");
    return Promise.reject(new ModelError("protocol", "Cannot read it: cut off"));
  };
  const whole = createScripted(["```python\nx = 1\n```"]);
  const options = { timeoutMs: 1000 };
  const { code } = await askCode(createEndpointPool([breaks, whole], options), {
    messages,
    language: "python",
    maxTokens: 100,
    onToken: () => {},
  });
  assert.equal(code, "x = 1\n");
});
