import * as z from "zod";
import type { Claim } from "../analysis/claims.ts";
import { SEVERITIES } from "../analysis/issue.ts";
import { CATEGORIES } from "../config/choices.ts";
import { hashOf } from "../config/hash_of.ts";
import type { ChatMessage, ChatModel } from "../models/chat_model.ts";
import { toGrammarSchema } from "../models/structured/grammar_schema.ts";
import { askStructured } from "../models/structured/structured.ts";
import type { Cache } from "../store/cache.ts";
import { reviewTokens } from "./review_prompt.ts";

/** A wrong value of one field is no reason to lose a finding: it gets one that claims little. */
const finding = z.object({
  quote: z.string().catch(""),
  line: z.int().catch(0),
  category: z.enum(CATEGORIES).catch("correctness"),
  message: z.string().catch(""),
  suggestion: z.string().catch(""),
  severity: z.enum(SEVERITIES).catch("minor"),
  confidence: z.number().catch(0.5),
});
/** What is no finding at all quotes nothing, and is dropped for that. */
const nothing = finding.parse({});
const answer = z.object({ findings: z.array(finding.catch(nothing)) });
type ModelAnswer = z.output<typeof answer>;

/** More claims of one reply are not looked at. */
const MOST_CLAIMS = 50;

/**
 * What a model claims about code. The same question to the same model is asked once, and its answer
 * kept, unless that is not certain to be what the model meant.
 *
 * @throws {ModelError}
 * @throws the reason of `signal` once that is aborted
 */
export async function askForClaims(
  model: ChatModel,
  messages: ChatMessage[],
  { cache, signal }: { cache: Cache; signal?: AbortSignal },
): Promise<Claim[]> {
  const maxTokens = reviewTokens(model);
  const key = keyOf(model, messages, maxTokens);
  const known = readAnswer(await cache.get(key));
  if (known) return toClaims(known);
  const { value, how } = await askStructured(model, {
    messages,
    schema: answer,
    maxTokens,
    signal,
    fallback: (text) => readList(text) ?? readDenial(text),
  });
  if (how !== "fallback" && isLegible(value)) await cache.set(key, JSON.stringify(value));
  return toClaims(value);
}

/** All that an answer depends on; the messages hold the code, the prompt and what the rules found. */
function keyOf(model: ChatModel, messages: ChatMessage[], maxTokens: number): string {
  const { model: name, endpoint, contextTokens, profile: { temperature } } = model;
  const asked = { name, endpoint, contextTokens, temperature, maxTokens, messages };
  const question = JSON.stringify(["review_code", asked, toGrammarSchema(answer)]);
  return hashOf(question);
}

/** Whether there are no findings, or at least one of them could be read. */
function isLegible({ findings }: ModelAnswer): boolean {
  return findings.length === 0 ||
    findings.some(({ quote, message }) => quote !== "" && message !== "");
}

function readAnswer(text: string | undefined): ModelAnswer | undefined {
  if (text === undefined) return undefined;
  try {
    return answer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The findings without the object around them. */
function readList(text: string): ModelAnswer | undefined {
  return text.trimStart().startsWith("[") ? readAnswer(`{"findings":${text}}`) : undefined;
}

/** Such as "I found no obvious issues in this code.", and nothing else. */
const DENIAL = new RegExp(
  "^(?:(?:i|we) (?:have |could )?(?:found|find|see|detected) |there (?:are|were|is) " +
    "|(?:the|this) (?:code|function|file) has )?" +
    "no (?:(?:real|obvious|major|further|other|additional|new|significant|serious|such) ){0,2}" +
    "(?:issue|problem|finding|defect|bug|error)s?" +
    "(?: (?:were |was )?(?:found|detected|to report))?" +
    "(?: (?:in|with) (?:the|this) (?:given |provided )?(?:code|function|file|class|lines))?[.!]?$",
  "i",
);

/** Models that find nothing like to say so in words. */
function readDenial(text: string): ModelAnswer | undefined {
  return DENIAL.test(text.slice(0, 200).trim()) && text.length < 200 ? { findings: [] } : undefined;
}

/** Line 0 is that of a model that named none. */
function toClaims({ findings }: ModelAnswer): Claim[] {
  return findings.slice(0, MOST_CLAIMS)
    .map(({ line, ...claim }) => ({ ...claim, line: line > 0 ? line : undefined }));
}
