import { isDeepStrictEqual } from "node:util";
import { jsonrepair } from "jsonrepair";
import type * as z from "zod";
import { isObject } from "../../config/is_object.ts";
import type { JsonSchema } from "../chat_model.ts";
import { coerce, countKeys } from "./coerce.ts";
import { extractFencedJson, extractJson, type JsonText, MAX_DEPTH } from "./extract_json.ts";
import { describeSchema } from "./grammar_schema.ts";

/** What a reply is worth as JSON of a schema. */
export type Reading<T> =
  | {
    ok: true;
    value: T;
    /** `direct`: all of the reply was valid as it came. */
    how: "direct" | "repaired";
  }
  | {
    ok: false;
    /** What is wrong, on one line, for a model and for a person. */
    problem: string;
    /** Whether the JSON has no end. */
    isCutOff: boolean;
    /** What came, as far as it could be made to fit; absent without JSON that has an end. */
    rest?: unknown;
  };

/** Longer JSON is parsed strictly or not at all: repairing takes time. */
const MAX_REPAIRED = 32 * 1024;
const MAX_PROBLEMS = 5;

/** What is known of a reply beside its text. */
export interface ReadOptions {
  /** The server ended it: then only JSON that is valid as it stands is whole. @default false */
  isCutOff?: boolean;
}

/**
 * Finds the JSON in a reply, in fenced blocks or amid the prose, and makes it fit: parsed strictly or
 * else leniently, coerced, validated. Of several the one that fits best, or comes nearest, counts;
 * none does when one has no end.
 */
export function readJson<T>(
  reply: string,
  schema: z.ZodType<T>,
  { isCutOff = false }: ReadOptions = {},
): Reading<T> {
  const described = describeSchema(schema);
  const direct = readDirectly(reply, schema, described);
  if (direct && !(isCutOff && mayGoOn(reply))) return direct;
  const fenced = readBest(extractFencedJson(reply), schema, described, isCutOff);
  if (fenced?.ok || fenced?.isCutOff) return fenced;
  return readBest(extractJson(reply), schema, described, isCutOff) ?? fenced ??
    { ok: false, problem: "no JSON in it", isCutOff: false };
}

/** Numbers have no end of their own. */
function mayGoOn(reply: string): boolean {
  return !/[}\]"]\s*$/.test(reply.slice(-100));
}

function readBest<T>(
  found: JsonText[],
  schema: z.ZodType<T>,
  described: JsonSchema,
  strictly: boolean,
): Reading<T> | undefined {
  const read = strictly ? readValid : readCandidate;
  const attempts = found.flatMap((one) => read(one, schema, described));
  if (attempts.some(({ isCutOff }) => isCutOff)) {
    return {
      ok: false,
      problem: "its JSON has no end, or its brackets do not match",
      isCutOff: true,
    };
  }
  return attempts.toSorted((a, b) => b.score - a.score)[0]?.reading;
}

/** What could be made to fit is: the schema may have a default for a field that does not. */
function readDirectly<T>(
  reply: string,
  schema: z.ZodType<T>,
  described: JsonSchema,
): Reading<T> | undefined {
  const parsed = parseStrictly(reply);
  if (parsed === undefined || !isDeepStrictEqual(coerce(parsed, described), parsed)) {
    return undefined;
  }
  const reading = validate(parsed, schema, described);
  return reading.ok ? { ...reading, how: "direct" } : undefined;
}

interface Attempt<T> {
  reading: Reading<T>;
  /** What fits comes first, then what has more of the answer. */
  score: number;
  isCutOff: boolean;
}

function readCandidate<T>(
  candidate: JsonText,
  schema: z.ZodType<T>,
  described: JsonSchema,
): Attempt<T>[] {
  const mayBeWhole = candidate.closed || candidate.lacksOneBracket;
  const parsed = mayBeWhole ? parse(candidate.text) : undefined;
  const isCutOff = !candidate.closed && !isAllThere(candidate, parsed, described);
  if (parsed === undefined && !isCutOff) return [];
  return [{ ...fit(parsed, schema, described), isCutOff }];
}

/** What is mended elsewhere, a bracket in the wrong place too, may be where the reply was cut off. */
function readValid<T>(
  { text, closed }: JsonText,
  schema: z.ZodType<T>,
  described: JsonSchema,
): Attempt<T> {
  const parsed = closed ? parseStrictly(text) : undefined;
  return { ...fit(parsed, schema, described), isCutOff: parsed === undefined };
}

function fit<T>(
  parsed: unknown,
  schema: z.ZodType<T>,
  described: JsonSchema,
): Omit<Attempt<T>, "isCutOff"> {
  const value = coerce(parsed, described);
  const reading = validate(value, schema, described);
  return { reading, score: (reading.ok ? 1e6 : 0) + sizeOf(value) };
}

function validate<T>(value: unknown, schema: z.ZodType<T>, described: JsonSchema): Reading<T> {
  const { success, data, error } = schema.safeParse(value);
  if (!success) return { ok: false, problem: describe(error), isCutOff: false, rest: value };
  // Where each field has a default, any object would do.
  if (isObject(described.properties) && sizeOf(value) === 0) {
    return { ok: false, problem: "none of the keys are there", isCutOff: false };
  }
  return { ok: true, value: data, how: "repaired" };
}

/** Fields or items. */
function sizeOf(value: unknown): number {
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

/** A model may forget the last bracket; with a field less, it may as well have been cut off. */
function isAllThere(candidate: JsonText, parsed: unknown, described: JsonSchema): boolean {
  if (!candidate.lacksOneBracket || !isObject(described.properties)) return false;
  return countKeys(parsed, described) === Object.keys(described.properties).length;
}

function parse(text: string): unknown {
  return parseStrictly(text) ?? parseLeniently(text);
}

function parseStrictly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseLeniently(text: string): unknown {
  if (text.length > MAX_REPAIRED || isDeep(text)) return undefined;
  try {
    return JSON.parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}

/** Repairing is recursive. Brackets in strings count too: it only has to be safe. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/** The validator's words, each with the field it is about. */
function describe({ issues }: z.ZodError): string {
  const lines = issues.slice(0, MAX_PROBLEMS).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join(".")}: ${message}`
  );
  const more = issues.length > MAX_PROBLEMS ? [`${issues.length - MAX_PROBLEMS} more`] : [];
  return [...lines, ...more].join("; ").replace(/\s+/g, " ");
}
