import assert from "node:assert/strict";
import * as z from "zod";
import { describeSchema, toGrammarSchema } from "./grammar_schema.ts";

const node = z.object({
  name: z.string(),
  get children() {
    return z.array(node);
  },
});

Deno.test("toGrammarSchema() keeps what grammars are made from", () => {
  const schema = z.object({
    title: z.string().min(1).max(9999).describe("What it is"),
    level: z.enum(["low", "high"]).default("low"),
    tags: z.array(z.string()).min(1).max(1000).default([]),
    few: z.array(z.int()).max(3).optional(),
    score: z.number().min(0).max(100).nullable(),
    mail: z.email(),
  });
  assert.deepEqual(toGrammarSchema(schema), {
    type: "object",
    properties: {
      title: { type: "string" },
      level: { type: "string", enum: ["low", "high"] },
      tags: { type: "array", items: { type: "string" }, minItems: 1 },
      few: { type: "array", items: { type: "integer" }, maxItems: 3 },
      score: { anyOf: [{ type: "number", minimum: 0, maximum: 100 }, { type: "null" }] },
      mail: { type: "string" },
    },
    required: ["title", "level", "tags", "score", "mail"],
    additionalProperties: false,
  });
});

Deno.test("toGrammarSchema() leaves out what breaks a backend, at any depth", () => {
  const shared = z.object({ x: z.string().regex(/a/) });
  const schema = z.object({
    node,
    shared,
    again: z.array(shared),
    pair: z.tuple([z.string(), shared]),
    empty: z.object({}),
    either: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), at: z.iso.datetime() }),
      z.object({ kind: z.literal("b") }),
    ]),
    counts: z.record(z.string(), z.int()),
  });
  const text = JSON.stringify(toGrammarSchema(schema));
  const keywords = ["$ref", "$defs", "$schema", "prefixItems", "pattern", "format", "oneOf"];
  const more = ["propertyNames", "minLength", '"properties":{}', "9007199254740991", "default"];
  for (const keyword of [...keywords, ...more]) assert.ok(!text.includes(keyword), keyword);
  assert.ok(text.includes('"const":"a"'));
});

Deno.test("toGrammarSchema() keeps fields that are called like keywords", () => {
  const schema = z.object({ pattern: z.string(), title: z.string(), default: z.int() });
  const { properties } = toGrammarSchema(schema) as { properties: Record<string, unknown> };
  assert.deepEqual(Object.keys(properties), ["pattern", "title", "default"]);
});

Deno.test("toGrammarSchema() gives the same bytes at each call", () => {
  const make = () => z.object({ b: z.string(), a: z.array(z.enum(["x", "y"])), c: node });
  const schema = make();
  const bytes = JSON.stringify(toGrammarSchema(schema));
  assert.equal(JSON.stringify(toGrammarSchema(schema)), bytes);
  assert.equal(JSON.stringify(toGrammarSchema(make())), bytes);
  assert.equal(describeSchema(schema), describeSchema(schema));
});
