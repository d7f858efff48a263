import assert from "node:assert/strict";
import fc from "fast-check";
import { createCallFilter } from "./call_filter.ts";

function filter(pieces: string[]): { text: string; calls: number } {
  let text = "", calls = 0;
  const { push, end } = createCallFilter((piece) => text += piece, () => calls++);
  pieces.forEach(push);
  end();
  return { text, calls };
}

const ARGS = `{"path": "src/app.py", "content": "a \\"quoted\\" } brace\\n"}`;

/** What a model wrote, and what is left of it. */
const CALLS: [written: string, left: string][] = [
  [`<tool_call>{"name": "write_file", "arguments": ${ARGS}}</tool_call>`, ""],
  [`Sure.\n<tool_call>\n{"name": "x", "arguments": {}}\n</tool_call>\nDone.`, "Sure.\n\n\nDone."],
  [`[TOOL_CALLS] [{"name": "x", "arguments": ${ARGS}}]`, ""],
  [`[TOOL_CALLS]write_file[ARGS]${ARGS}`, ""],
  [`{"tool": "write_file", "arguments": ${ARGS}}`, ""],
  [`I will. {"tool": "write_file", "arguments": ${ARGS}} Then.`, "I will.  Then."],
  [`{"name": "x", "parameters": {"a": [1, {"b": 2}]}}\nok`, "\nok"],
  [`[{"name": "x", "arguments": {}}, {"name": "y", "arguments": {}}]`, ""],
  [`{'tool': 'x', 'arguments': {'a': 1}}`, ""],
  [`{"type": "function", "function": {"name": "x", "arguments": "{}"}}`, ""],
  [`{"tool_calls": [{"id": "1", "function": {"name": "x"}}]}`, ""],
  ["```json\n" + `{"name": "x", "arguments": {}}` + "\n```\nThat was it.", "\nThat was it."],
  ["```\n" + `{"tool": "x", "args": {"a": 1}}` + "\n```", ""],
  ["```tool_code\nprint(x())\n```\nOk", "\nOk"],
  ["```json\n<tool_call>\n{}\n</tool_call>\n```", ""],
  [`Action: write_file\nAction Input: ${ARGS}\nDone`, "\nDone"],
  [`**Action:** x\n**Action Input:** {"a":\n 1}\nDone`, "\nDone"],
  [`<function=write_file>${ARGS}</function> ok`, " ok"],
  [`<|python_tag|>{"name": "x", "parameters": {}}<|eom_id|>`, ""],
  [`<|python_tag|>search.call(query="x")\nok`, "\nok"],
  // Cut off at the reply's limit, and broken.
  [`Ok\n{"tool": "write_file", "arguments": {"path": "a`, "Ok\n"],
  ["```json\n" + `{"name": "x", "arguments": {"a"`, ""],
  [`{"tool": "x", "arguments": {"a": 1}\n\nAnd more.`, "\nAnd more."],
  ["Action: write_file", ""],
];

/** What stays as it is. */
const TEXTS = [
  "",
  "Hello, world.",
  "a < b && c > d; x[0] = {1: 2}; see [the docs](https://example.org) and <https://example.org>",
  "# Title\n\n* Action plan\n- item\n\nActions speak. Action: none needed here\nThen more text.\n",
  'Inline `{"tool": "x", "arguments": {}}` and `<tool_call>` stay.',
  '```python\ncall = {"tool": "x", "arguments": {}}\n<tool_call>\n{"name": "x", "arguments": {}}\n```\nok',
  '```js\n{"tool": "x", "arguments": {}}\n```\n',
  '```json\n{"name": "devmcp", "version": "1.0", "arguments": {}}\n```\nA package.',
  "```json\n[1, 2, 3]\n```",
  '{"name": "Ada", "age": 36}',
  '{"result": [1, 2]} is JSON',
  "```\nplain text\n```\n~~~\nmore\n~~~\n",
  "a ``` b\n`x` <functional> <tool> <b>bold</b>",
  "1 <",
  "{",
  "[TOOL",
  "```json\n",
  "It says {it's}.",
];

Deno.test("createCallFilter() leaves out what imitates a tool call", () => {
  for (const [written, left] of CALLS) {
    const { text, calls } = filter([written]);
    assert.equal(text, left, written);
    assert.ok(calls > 0, written);
  }
});

Deno.test("createCallFilter() leaves everything else as it is", () => {
  for (const text of TEXTS) assert.deepEqual(filter([text]), { text, calls: 0 });
});

Deno.test("createCallFilter() gives the same wherever the pieces are cut", () => {
  for (const text of [...CALLS.map(([written]) => written), ...TEXTS]) {
    const whole = filter([text]).text;
    assert.equal(filter([...text]).text, whole, text);
    for (let at = 0; at < text.length; at++) {
      assert.equal(filter([text.slice(0, at), text.slice(at)]).text, whole, text.slice(0, at));
    }
  }
});

const part = fc.constantFrom(
  ...CALLS.map(([written]) => written),
  ...TEXTS,
  ..."<[{`~*_A\n \"'}]>:",
  "```",
  "\n\n",
  '"tool"',
);

Deno.test("createCallFilter() does not depend on the pieces, whatever the text", () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(400)), (parts, cuts) => {
      const text = parts.join("");
      const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b)];
      const pieces = places.map((from, index) => text.slice(from, places[index + 1]));
      assert.equal(filter(pieces).text, filter([text]).text);
    }),
    { numRuns: 500 },
  );
});

Deno.test("createCallFilter() says text as it comes, and holds back no more than it must", () => {
  let said = "";
  const { push } = createCallFilter((piece) => said += piece, () => {});
  push("Hello ");
  assert.equal(said, "Hello ");
  push("\n```python\nx =");
  assert.equal(said, "Hello \n```python\nx =");
});

Deno.test("createCallFilter() gives up on what never becomes a call", () => {
  const { text } = filter(['{"name": "', ..."x".repeat(20_000)]);
  assert.equal(text.length, 20_010);
  const endless = filter(["<tool_call>", ...Array(1_000).fill('{"a": "' + "x".repeat(100))]);
  assert.equal(endless.text, "");
});

Deno.test("createCallFilter() takes time in proportion to the text", () => {
  const text = '{"name": "a"'.repeat(3_000) + "[[[[".repeat(5_000) + "<tool".repeat(5_000);
  const started = performance.now();
  filter(text.match(/[^]{1,4}/g)!);
  assert.ok(performance.now() - started < 5_000);
});
