import { deepEqual, doesNotThrow, equal, match, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../../config/tool_error.ts";
import { parseModelfile, shippedModelfile } from "./modelfile.ts";

const VALUES: [what: string, text: string, expected: unknown][] = [
  ["the least", "FROM a", { from: "a", parameters: {} }],
  ["comments, blank lines and small letters", "# c\n\n  from a:b  \n", {
    from: "a:b",
    parameters: {},
  }],
  ["line ends of Windows", "FROM a\r\nPARAMETER num_ctx 5\r\n", {
    from: "a",
    parameters: { num_ctx: 5 },
  }],
  ["a quoted value on one line", 'FROM a\nTEMPLATE """x {{ .Prompt }}"""', {
    from: "a",
    template: "x {{ .Prompt }}",
    parameters: {},
  }],
  ["one over several lines, with a comment's sign in it", 'FROM a\nSYSTEM """x\n# y\n"""\n', {
    from: "a",
    system: "x\n# y\n",
    parameters: {},
  }],
  ["plain quotes", 'FROM "a"\nSYSTEM "be brief"', {
    from: "a",
    system: "be brief",
    parameters: {},
  }],
  [
    "stop strings as a list, others typed",
    'FROM a\nPARAMETER stop "### X"\nPARAMETER stop y\nPARAMETER temperature 0.2\n' +
    "PARAMETER use_mmap true",
    { from: "a", parameters: { stop: ["### X", "y"], temperature: 0.2, use_mmap: true } },
  ],
];

for (const [what, text, expected] of VALUES) {
  Deno.test(`parseModelfile() reads ${what}`, () => deepEqual(parseModelfile(text), expected));
}

const ERRORS: [text: string, message: RegExp][] = [
  ["", /no FROM/],
  ["FROM a\nADAPTER b", /line 2 of the Modelfile: "ADAPTER" is not known/],
  ["FROM", /line 1 of the Modelfile: no instruction/],
  ["FROM a\nPARAMETER stop", /line 2 .*a parameter has a value/],
  ['FROM a\nTEMPLATE """x\ny', /line 2 .*not closed/],
];

for (const [text, message] of ERRORS) {
  Deno.test(`parseModelfile() refuses ${JSON.stringify(text)}`, () => {
    throws(() => parseModelfile(text), { name: "ToolError", message });
  });
}

Deno.test("parseModelfile() gives a file or a ToolError, whatever it reads", () => {
  const part = fc.constantFrom("FROM", "TEMPLATE", "PARAMETER", " ", '"', '"""', "\n", "x", "#");
  fc.assert(fc.property(fc.array(part).map((parts) => parts.join("")), (text) => {
    doesNotThrow(() => {
      try {
        parseModelfile(text);
      } catch (error) {
        if (!(error instanceof ToolError)) throw error;
      }
    });
  }));
});

Deno.test("shippedModelfile() has StarCoder2's prompt, its ends and its context", () => {
  const file = shippedModelfile("StarCoder2-7B-instruct:latest");
  equal(file?.from, "hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M");
  match(
    file.template ?? "",
    /### Instruction\n\{\{ \.Prompt \}\}\n\n### Response\n\{\{ \.Response \}\}/,
  );
  ok(Array.isArray(file.parameters.stop) && file.parameters.stop.includes("### Instruction"));
  equal(file.parameters.num_ctx, 16384);
  equal(shippedModelfile("mistral"), undefined);
});
