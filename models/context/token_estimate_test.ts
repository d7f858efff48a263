import assert from "node:assert/strict";
import { createScripted } from "../scripted.ts";
import { estimateTokens } from "./token_estimate.ts";

Deno.test("estimateTokens() follows the profile, and weighs what tokenizers split", () => {
  const model = createScripted([]);
  const cases: [string, number][] = [
    ["", 0],
    ["word word", 3],
    ["1234567890", 10],
    ["{}[]", 2],
    ["éèüñ", 4],
    ["漢字仮名", 6],
    ["😀", 4],
  ];
  for (const [text, tokens] of cases) assert.equal(estimateTokens(text, model), tokens, text);
  const dense = createScripted([], { profile: { charactersPerToken: 2 } });
  assert.equal(estimateTokens("word word", dense), 5);
});
