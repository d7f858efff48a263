import assert from "node:assert/strict";
import fc from "fast-check";
import { parseOffer } from "./parse_offer.ts";

const HEAD = "title: Greet\ndescription: Greets.\n";
const file = (head: string, body = "Greet {{who}}.\n") => `---\n${HEAD}${head}---\n\n${body}`;
const WHO = "arguments:\n  - name: who\n    description: Whom\n";

Deno.test("parseOffer() reads a prompt with its arguments", () => {
  const text = file(
    `${WHO}    required: true\n    values: [Ada, Bob]\n  - {name: how, description: How, default: well}\n`,
    "Greet {{who}} {{how}}.\n",
  );
  assert.deepEqual(parseOffer("greet", text), {
    name: "greet",
    kind: "prompt",
    title: "Greet",
    description: "Greets.",
    arguments: [
      { name: "who", description: "Whom", required: true, values: ["Ada", "Bob"] },
      { name: "how", description: "How", required: false, values: [], default: "well" },
    ],
    body: "Greet {{who}} {{how}}.",
  });
});

Deno.test("parseOffer() takes a persona as it is", () => {
  const offer = parseOffer("poet", file("kind: persona\n", "Say {{this}}.\n"));
  assert.deepEqual([offer.kind, offer.arguments, offer.body], ["persona", [], "Say {{this}}."]);
});

const wrong: [string, RegExp][] = [
  ["Hello", /front matter/],
  [file("", " \n"), /no text after/],
  [file("kind: poem\n", "a"), /"kind" in its front matter is neither prompt nor persona/],
  [file("arguments: who\n"), /"arguments" .* is no list/],
  [file("arguments: [who]\n"), /no "name"/],
  [file("arguments: [{name: a b, description: x}]\n"), /no "name"/],
  [file("arguments: [{name: who}]\n"), /"description" of its argument "who" is no text/],
  [file(`${WHO}    requird: true\n`), /"requird" .* is no key; did you mean "required"\?/],
  [file(`${WHO}    required: 1\n`), /"required" .* is no true or false/],
  [file(`${WHO}    values: [1]\n`), /"values" .* is no list/],
  [file(`${WHO}    default: 1\n`), /"default" .* is no text/],
  [file(`${WHO}    default: x\n    required: true\n`), /"default" .* required/],
  [file(`${WHO}${WHO.split("\n").slice(1).join("\n")}`), /"who" is there twice/],
  [file(""), /"{{who}}" is no argument of it/],
  [file(WHO, "Greet {{whom}}."), /"{{whom}}" is no argument of it; did you mean "who"\?/],
  [file(WHO, "Greet."), /its argument "who" stands nowhere as {{who}}/],
];

for (const [text, message] of wrong) {
  Deno.test(`parseOffer() says ${message.source}`, () => {
    assert.throws(
      () => parseOffer("greet", text),
      (error) =>
        error instanceof SyntaxError && message.test(error.message) &&
        !error.message.includes("\n"),
    );
  });
}

Deno.test("parseOffer() reads any text, or throws a SyntaxError of one line", () => {
  const piece = fc.constantFrom("---\n", HEAD, WHO, "{{who}}", "kind: ", "default: x\n", "&a", "{");
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
    try {
      parseOffer("p", pieces.join(""));
    } catch (error) {
      assert.ok(error instanceof SyntaxError && !error.message.includes("\n"), String(error));
    }
  }));
});
