import assert from "node:assert/strict";
import { createPrompts } from "./load.ts";
import { fillOffer } from "./fill_offer.ts";
import { offered, prompts, structures } from "./mod.ts";
import { createOffers } from "./offers.ts";
import type { Offer } from "./offer.ts";

const SIGNATURES: Record<string, string> = {
  "code-review": "code, language?, style?",
  "commit-message": "diff, convention?",
  "document-code": "code, language?, style?",
  "explain-code": "code, language?, audience?",
  "formalize-task": "task, context?",
  "refactor": "code, language?, goal?",
  "test-generation": "code, framework?",
};
const PERSONAS = ["architect", "python-developer", "technical-writer"];

const all = await createOffers({}).list();
const byKind = (kind: Offer["kind"]) => all.filter((offer) => offer.kind === kind);

Deno.test("every offer that comes with devmcp is read, with its arguments", () => {
  const signature = ({ arguments: args }: Offer) =>
    args.map(({ name, required }) => required ? name : `${name}?`).join(", ");
  const found = byKind("prompt").map((offer) => [offer.name, signature(offer)]);
  assert.deepEqual(Object.fromEntries(found), SIGNATURES);
  assert.deepEqual(byKind("persona").map(({ name }) => name), PERSONAS);
  assert.deepEqual([...offered.keys()].filter((name) => prompts.has(name)), []);
});

Deno.test("every prompt reads well with its required arguments only, and with all", () => {
  for (const offer of byKind("prompt")) {
    const required = offer.arguments.filter(({ required }) => required);
    for (const args of [required, offer.arguments]) {
      const given = Object.fromEntries(args.map(({ name }) => [name, `the ${name} given`]));
      const text = fillOffer(offer, given);
      assert.doesNotMatch(text, /\{\{|\}\}|undefined|^- \w+: *$|:\n\n[A-Z]|\n{3}/m, text);
      assert.match(text, /data/);
      for (const { name } of required) assert.ok(text.includes(`\nthe ${name} given\n\``), text);
      for (const { name } of args) assert.ok(text.includes(`the ${name} given`), name);
    }
  }
});

Deno.test("no text is longer than a small model can take", () => {
  for (const { name, body } of all) assert.ok(body.length < 4000, `${name}: ${body.length}`);
});

Deno.test("every structure has a tree", async () => {
  assert.ok(structures.size >= 11);
  for (const [name, load] of structures) {
    assert.match((await load()).default, /^---\ntitle: [^]*\n```text\nproject\/\n├── /, name);
  }
});

Deno.test("the prompts of devmcp itself are still there", async () => {
  assert.equal((await createPrompts({}).load("review_code")).title, "Review code");
});
