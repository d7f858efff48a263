import assert from "node:assert/strict";
import fc from "fast-check";
import { splitFences } from "./fences.ts";

Deno.test("splitFences() finds blocks, their labels and the prose around", () => {
  const cases: [string, [label: string, code: string, closed: boolean][], string][] = [
    ["no fence, `x` and ```y```", [], "no fence, `x` and ```y```"],
    ["a\n```Py x=1\n1\n```\nb", [["py", "1", true]], "a\n\nb"],
    ["```{.python}\n1\n```", [["python", "1", true]], ""],
    ["````\n```\n1\n```\n````", [["", "```\n1\n```", true]], ""],
    ["~~~\n```\n~~~", [["", "```", true]], ""],
    ["```md\n```py\n1\n```\n```", [["md", "```py\n1\n```", true]], ""],
    ["  ```\n    1\n  2\n  ```", [["", "  1\n2", true]], ""],
    ["```\n1\n        ```\nb", [["", "1", true]], "b"],
    ["```\n    ```\n1\n```", [["", "    ```\n1", true]], ""],
    ["This:```js\n1\n```", [["js", "1", true]], "This:"],
    ["use ```\nfor code", [], "use ```\nfor code"],
    ["```\r\n1\r\n```\r\n", [["", "1", true]], ""],
    ["```py\n1", [["py", "1", false]], ""],
    ["```py", [["py", "", false]], ""],
    ["```\n1\n```\n```\n2", [["", "1", true], ["", "2", false]], ""],
  ];
  for (const [text, expected, prose] of cases) {
    const found = splitFences(text);
    const blocks = found.blocks.map(({ label, code, closed }) => [label, code, closed]);
    assert.deepEqual(blocks, expected, text);
    assert.equal(found.prose, prose, text);
  }
});

Deno.test("splitFences() gives any code back that has no fence in it", () => {
  const code = fc.string({ unit: "binary" }).filter((text) => !/```|~~~|\r/.test(text));
  fc.assert(fc.property(code, code, (one, other) => {
    const text = `Here:\n\`\`\`python\n${one}\n\`\`\`\nand\n~~~js\n${other}\n~~~`;
    assert.deepEqual(splitFences(text).blocks, [
      { label: "python", code: one, closed: true },
      { label: "js", code: other, closed: true },
    ]);
  }));
});
