import { createHash } from "node:crypto";
import * as z from "zod";
import { addAdvice, type Advice } from "../analysis/advice.ts";
import { type Claim, verifyClaims } from "../analysis/claims.ts";
import { CATEGORIES, type Category, type Issue, SEVERITIES } from "../analysis/issue.ts";
import { createContextFinder } from "../analysis/piece_context.ts";
import { type LineRange, linesOf, splitIntoPieces } from "../analysis/pieces.ts";
import type { FileReview } from "../analysis/review.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ChatMessage, ChatModel, Models } from "../models/chat_model.ts";
import { ModelError } from "../models/model_error.ts";
import { askStructured } from "../models/structured.ts";
import {
  composeMessages,
  pieceBudget,
  replyTokensOf,
  type ReviewedPiece,
  type ReviewQuestion,
} from "./review_prompt.ts";
import type { ToolContext } from "./tool.ts";

/** `auto`: with a model where one is there; `require`: without one it is an error. */
export type ModelMode = "auto" | "require";

export interface ReviewedCode {
  text: string;
  /** What the rules found in it, all of it. */
  found: Issue[];
  /** Only these categories are asked for; empty means all. */
  focus: readonly Category[];
  styleGuide: string;
}

/** What is needed of a tool's context. */
export type ModelReviewContext =
  & Pick<ToolContext, "engines" | "models" | "prompts" | "cache">
  & Partial<Pick<ToolContext, "signal" | "progress">>;

/** Findings of one piece at most; the prompt asks for as many. */
const MOST_PER_PIECE = 5;
/** A file with more is not shown to the end: each takes a 7B model some seconds. */
const MOST_PIECES = 16;

/**
 * Asks a model what it finds in Python code beside what the rules found, piece by piece. In `auto`,
 * nothing but an abort is thrown: undefined where no model is, else a note says what failed, and the
 * server is left alone for a minute.
 *
 * @throws {ToolError} in `require`, when there is no model or it fails
 * @throws the reason of `context.signal` once that is aborted
 */
export async function askForAdvice(
  code: ReviewedCode,
  mode: ModelMode,
  context: ModelReviewContext,
): Promise<Advice | undefined> {
  if (mode === "require") return await reviewPieces(await startReview(code, context));
  if (isResting(context.models)) return undefined;
  try {
    const review = await startReview(code, context);
    return await reviewPieces({ ...review, forgives: true });
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!(error instanceof ToolError)) throw error;
    letRest(context.models, error);
    if (error instanceof ModelError && error.fault === "none") return undefined;
    return { issues: [], notes: [`no model was asked: ${error.message}`] };
  }
}

/**
 * The review with a model's advice after it; see {@link askForAdvice}.
 *
 * @param review of the code, with all of its issues
 * @param options.counts whether the advice counts like any other issue. @default false
 */
export async function withAdvice(
  review: FileReview,
  code: Omit<ReviewedCode, "found">,
  mode: ModelMode,
  context: ModelReviewContext,
  options: { counts?: boolean } = {},
): Promise<FileReview> {
  const advice = await askForAdvice({ ...code, found: review.issues }, mode, context);
  return advice ? addAdvice(review, advice, options) : review;
}

/** The review of one file by one model. */
interface Review extends ReviewedCode {
  context: ModelReviewContext;
  model: ChatModel;
  question: ReviewQuestion;
  lines: string[];
  pieces: LineRange[];
  /** Gives what belongs to a piece. */
  describe(piece: LineRange): ReviewedPiece;
  /** Whether a failure is a note. @default false */
  forgives?: boolean;
}

async function startReview(code: ReviewedCode, context: ModelReviewContext): Promise<Review> {
  const model = await context.models.get("code", { signal: context.signal });
  const prompt = await context.prompts.load("review_code");
  const question = { prompt, focus: code.focus, styleGuide: code.styleGuide };
  const tree = (await context.engines.python()).parse(code.text);
  const findContext = createContextFinder(tree);
  const lines = linesOf(code.text);
  return {
    ...code,
    context,
    model,
    question,
    lines,
    pieces: splitIntoPieces(tree, pieceBudget(model, question)),
    describe: (piece) => ({
      piece,
      lines,
      context: findContext(piece),
      found: code.found.filter(({ line }) => line >= piece.first && line <= piece.last),
    }),
  };
}

async function reviewPieces(review: Review): Promise<Advice> {
  const { model, pieces, context: { signal, progress }, lines, found, focus } = review;
  const advice: Required<Advice> = { model: model.model, issues: [], notes: [] };
  const asked = pieces.slice(0, MOST_PIECES);
  for (const [index, piece] of asked.entries()) {
    signal?.throwIfAborted();
    progress?.(index, asked.length, `Asking ${model.model} about ${nameOf(piece)}`);
    const { claims, notes, isOver } = await askOrForgive(review, piece);
    advice.issues.push(
      ...verifyClaims(claims, { lines, piece, found, focus, atMost: MOST_PER_PIECE }),
    );
    advice.notes.push(...notes);
    if (isOver) return advice;
  }
  const rest = pieces[MOST_PIECES];
  if (rest) advice.notes.push(notShown({ first: rest.first, last: lines.length }, "too long"));
  return advice;
}

interface Answer {
  claims: Claim[];
  notes: string[];
  /** Whether asking about other pieces would be in vain. */
  isOver?: boolean;
}

async function askOrForgive(review: Review, piece: LineRange): Promise<Answer> {
  const { context: { signal, models }, forgives } = review;
  try {
    return await askAbout(review, piece);
  } catch (error) {
    signal?.throwIfAborted();
    if (!forgives || !(error instanceof ModelError)) throw error;
    const isOver = error.isServerFault;
    if (isOver) letRest(models, error);
    const rest = { first: piece.first, last: isOver ? review.lines.length : piece.last };
    return { claims: [], notes: [`${nameOf(rest)} not reviewed: ${error.message}`], isOver };
  }
}

async function askAbout(review: Review, piece: LineRange): Promise<Answer> {
  const { model, question } = review;
  const composed = composeMessages(model, question, review.describe(piece));
  if (!composed) return { claims: [], notes: [notShown(piece, "too long for the context")] };
  const { messages, leftOut } = composed;
  const notes = leftOut.length === 0
    ? []
    : [`${nameOf(piece)} reviewed without ${leftOut.join(" and ")}: too long for the context`];
  return { claims: await askCached(review, messages), notes };
}

function notShown(lines: LineRange, why: string): string {
  return `${nameOf(lines)} not shown to the model: ${why}`;
}

function nameOf({ first, last }: LineRange): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

/** A wrong value of one field is no reason to lose a finding: it gets one that claims little. */
const finding = z.object({
  quote: z.string().catch(""),
  line: z.int().catch(0),
  category: z.enum(CATEGORIES).catch("correctness"),
  message: z.string().catch(""),
  suggestion: z.string().catch(""),
  severity: z.enum(SEVERITIES).catch("info"),
  confidence: z.number().catch(0.5),
});
/** What is no finding at all quotes nothing, and is dropped for that. */
const nothing = finding.parse({});
const answer = z.object({ findings: z.array(finding.catch(nothing)) });
type ModelAnswer = z.output<typeof answer>;

async function askCached(
  { model, context: { cache, signal } }: Review,
  messages: ChatMessage[],
): Promise<Claim[]> {
  const maxTokens = replyTokensOf(model);
  const key = keyOf(model, messages, maxTokens);
  const known = readAnswer(await cache.get(key));
  if (known) return toClaims(known);
  const { value } = await askStructured(model, {
    messages,
    schema: answer,
    maxTokens,
    signal,
    fallback: (text) => readList(text) ?? readDenial(text),
  });
  await cache.set(key, JSON.stringify(value));
  return toClaims(value);
}

/** The messages hold the code, the prompt and what the rules found. */
function keyOf({ model, contextTokens }: ChatModel, messages: ChatMessage[], maxTokens: number) {
  const question = JSON.stringify(["review_code", model, contextTokens, maxTokens, messages]);
  return createHash("sha256").update(question).digest("hex");
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

/** Models that find nothing like to say so in words. */
function readDenial(text: string): ModelAnswer | undefined {
  const denies = /\bno (?:\w+ ){0,2}(?:issue|problem|finding|defect|bug|error)s?\b/i;
  return text.length < 500 && denies.test(text) ? { findings: [] } : undefined;
}

/** Line 0 is that of a model that named none. */
function toClaims({ findings }: ModelAnswer): Claim[] {
  return findings.slice(0, 10 * MOST_PER_PIECE)
    .map(({ line, ...claim }) => ({ ...claim, line: line > 0 ? line : undefined }));
}

const REST_MS = 60_000;
const restingUntil = new WeakMap<Models, number>();

/** Whether the models failed a moment ago: a run over many files does not wait for each anew. */
function isResting(models: Models): boolean {
  return (restingUntil.get(models) ?? 0) > Date.now();
}

function letRest(models: Models, error: ToolError): void {
  if (error instanceof ModelError && !error.isServerFault && error.fault !== "none") return;
  restingUntil.set(models, Date.now() + REST_MS);
}
