import * as z from "zod";
import { type Session, SESSION_VERSION } from "./session.ts";

const texts = z.array(z.string());
const object = z.record(z.string(), z.unknown());
const count = z.number().nonnegative();

const code = z.object({ text: z.string(), language: z.string(), path: z.string().optional() });

const remembered = z.object({
  code: code.optional(),
  tests: code.optional(),
  review: z.object({
    text: z.string(),
    score: z.number().optional(),
    path: z.string().optional(),
  }).optional(),
});

const intent = z.object({
  goal: z.string(),
  tools: texts,
  parameters: object,
  confidence: z.number(),
  unclear: texts,
  by: z.enum(["rules", "model"]),
});

const step = z.object({
  id: z.string(),
  tool: z.string(),
  purpose: z.string(),
  arguments: object,
  needs: texts,
});

const call = z.object({
  step: z.string(),
  tool: z.string(),
  arguments: object,
  status: z.enum(["done", "failed", "refused", "stopped", "skipped"]),
  text: z.string(),
  ms: z.number(),
});

const change = z.object({
  path: z.string(),
  before: z.string().nullable(),
  after: z.string(),
  undone: z.literal(true).optional(),
});

const turn = z.object({
  id: z.int().positive(),
  at: z.string(),
  input: z.string(),
  status: z.enum(["done", "failed", "stopped"]),
  intent: intent.optional(),
  questions: z.array(z.object({ question: z.string(), answer: z.string() })),
  plan: z.array(step),
  calls: z.array(call),
  answer: z.string(),
  notices: texts,
  model: z.string(),
  usage: z.object({ calls: count, prompt: count, completion: count }),
  timing: z.object({
    totalMs: z.number(),
    firstTokenMs: z.number().optional(),
    waitedMs: z.number(),
  }),
  changes: z.array(change),
});

/** What a file of this version holds; what else is in it is left out. */
export const sessionSchema: z.ZodType<Session> = z.object({
  version: z.literal(SESSION_VERSION),
  id: z.string(),
  title: z.string(),
  created: z.iso.datetime(),
  updated: z.iso.datetime(),
  folder: z.string(),
  model: z.string(),
  forkedFrom: z.string().optional(),
  turns: z.array(turn),
  summary: z.object({ text: z.string(), turns: z.int().nonnegative() }),
  files: texts,
  last: remembered,
});
