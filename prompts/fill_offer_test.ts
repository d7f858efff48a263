import assert from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../config/tool_error.ts";
import { fillOffer } from "./fill_offer.ts";
import type { Offer, OfferArgument } from "./offer.ts";

function argument(name: string, more: Partial<OfferArgument> = {}): OfferArgument {
  return { name, description: name, required: false, values: [], ...more };
}

const ARGUMENTS = [argument("code"), argument("who"), argument("how", { default: "well" })];

function offer(body: string, args = ARGUMENTS): Offer {
  return { name: "p", kind: "prompt", title: "P", description: "D", arguments: args, body };
}

const cases: [what: string, body: string, given: Record<string, string>, expected: string][] = [
  ["puts a value into its line", "Greet {{who}} {{ how }}.", { who: "Ada" }, "Greet Ada well."],
  ["keeps to the line", "Greet {{who}}.", { who: "a\n\n# b\u2028c" }, "Greet a # b c."],
  ["drops the line of what is left out", "A\n- {{who}}\nB {{how}}", {}, "A\nB well"],
  ["drops a paragraph of one line", "A\n\nFor {{who}}.\n\nB", {}, "A\n\nB"],
  ["takes a blank value for none", "A\n\nFor {{who}}.", { who: " \n" }, "A"],
  ["prefers what is given to a default", "{{how}}!", { how: "badly" }, "badly!"],
  ["fences what stands alone", "A:\n{{code}}", { code: "x" }, "A:\n```\nx\n```"],
  ["drops a block with what leads to it", "A\n\nB:\n{{code}}\n\nC", {}, "A\n\nC"],
  ["drops a paragraph that leads to a block", "A\n\nB:\n\n{{code}}\n\nC", {}, "A\n\nC"],
  ["keeps one that does not", "A.\n\n{{code}}\n\nC", {}, "A.\n\nC"],
  ["takes the author's fence", "```js\n{{code}}\n```", { code: "x" }, "```js\nx\n```"],
  [
    "lengthens the author's fence",
    "```{{how}}\n{{ code }}\n```",
    { code: "a\n```\nb", how: "C++" },
    "````c++\na\n```\nb\n````",
  ],
  [
    "leaves out an info string that is none",
    "```{{how}}\n{{code}}\n```",
    { code: "x", how: "a `b`" },
    "```\nx\n```",
  ],
  [
    "never searches a value",
    "{{who}} {{how}}",
    { who: "{{how}} $& $1", how: "x" },
    "{{how}} $& $1 x",
  ],
  ["leaves other braces alone", "{a} {{}} {{1}}", {}, "{a} {{}} {{1}}"],
];

for (const [what, body, given, expected] of cases) {
  Deno.test(`fillOffer() ${what}`, () => assert.equal(fillOffer(offer(body), given), expected));
}

Deno.test("fillOffer() refuses what is missing, unknown or too long, and says what it takes", () => {
  const required = [argument("code", { required: true }), argument("who", { required: true })];
  const wrong: [Record<string, string>, RegExp][] = [
    [{}, /^Cannot fill the prompt "p": `code`, `who` must be given$/],
    [{ code: "x", who: "  " }, /`who` must be given/],
    [{ code: "x", who: "y", whom: "z" }, /`whom` is no argument of it; did you mean "who"\?/],
    [{ code: "x", who: "y", constructor: "z" }, /`constructor` is no argument/],
    [{ code: "x".repeat(1_000_001), who: "y" }, /`code` has 1000001 characters, and 1000000 at/],
    [{ code: "x", who: "y".repeat(2001) }, /`who` has 2001 characters, and 2000 at most/],
  ];
  for (const [given, message] of wrong) {
    assert.throws(
      () => fillOffer(offer("{{who}}:\n{{code}}", required), given),
      (error) =>
        error instanceof ToolError && message.test(error.message) &&
        error.hint === "it takes `code`, `who`",
    );
  }
  assert.throws(() =>
    fillOffer(
      offer("{{constructor}}", [argument("constructor", {
        required: true,
      })]),
      {},
    ), /must be given/);
});

Deno.test("fillOffer() puts any value into one fence that nothing in it ends", () => {
  const value = fc.array(fc.constantFrom("`", "```", "\n", "~~~", "x", "{{who}}", "\r")).map((
    one,
  ) => one.join("")).filter((text) => text.trim() !== "");
  fc.assert(fc.property(value, (code) => {
    const [open, ...lines] = fillOffer(offer("{{code}}"), { code }).split("\n");
    const close = lines.pop()!;
    assert.match(open!, /^`{3,}$/);
    assert.equal(close, open);
    assert.ok(lines.every((line) => !line.includes(open!)));
    assert.equal(lines.join("\n"), code.replace(/\n$/, ""));
  }));
});

Deno.test("fillOffer() takes a million fences", () => {
  const code = "` `` ``` ".repeat(100_000);
  assert.ok(fillOffer(offer("{{code}}"), { code }).startsWith("````\n` "));
});
