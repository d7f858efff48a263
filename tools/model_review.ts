import { addAdvice, type Advice } from "../analysis/advice.ts";
import { hasChangedLine, isOnChangedLine } from "../analysis/changed_lines.ts";
import { type Claim, verifyClaims } from "../analysis/claims.ts";
import type { FileChange } from "../analysis/inspection.ts";
import type { Category, Issue } from "../analysis/issue.ts";
import { createContextFinder } from "../analysis/piece_context.ts";
import { type LineRange, linesOf, splitIntoPieces } from "../analysis/pieces.ts";
import type { FileReview } from "../analysis/review.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ChatModel, Models } from "../models/chat_model.ts";
import { ModelError } from "../models/model_error.ts";
import { askForClaims } from "./review_answer.ts";
import {
  composeMessages,
  pieceBudget,
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
  /** Only lines of a diff count, and only pieces with some of them are shown. @default all */
  change?: FileChange;
}

/** What is needed of a tool's context. */
export type ModelReviewContext =
  & Pick<ToolContext, "engines" | "models" | "prompts" | "cache">
  & Partial<Pick<ToolContext, "signal" | "progress">>;

/** Findings of one piece at most; the prompt asks for as many. */
const MOST_PER_PIECE = 5;
/** A file with more is not shown to the end: each takes a 7B model some seconds. */
const MOST_PIECES = 16;
/** What a file may take, in times of what one call may: a piece can need more than one. */
const MOST_TIMEOUTS = 5;

export interface AdviceOptions {
  /** Whether a note tells that no model is there at all, where one is expected. @default false */
  tellsAbsence?: boolean;
}

/**
 * Asks a model what it finds in Python code beside what the rules found, piece by piece: at most 16 of
 * a file, for at most five times what a call may take. In `auto`, nothing but an abort is thrown:
 * undefined where no model is, else a note says what failed, and the server is left alone for a minute.
 *
 * @throws {ToolError} in `require`, when there is no model or it fails
 * @throws the reason of `context.signal` once that is aborted
 */
export async function askForAdvice(
  code: ReviewedCode,
  mode: ModelMode,
  context: ModelReviewContext,
  { tellsAbsence = false }: AdviceOptions = {},
): Promise<Advice | undefined> {
  if (mode === "require") return await reviewPieces(await startReview(code, context));
  const failure = failureOf(context.models);
  if (failure) return adviceWithout(failure, tellsAbsence);
  try {
    const review = await startReview(code, context);
    return await reviewPieces({ ...review, forgives: true });
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!(error instanceof ToolError)) throw error;
    letRest(context.models, error);
    return adviceWithout(error, tellsAbsence);
  }
}

function adviceWithout(error: ToolError, tellsAbsence: boolean): Advice | undefined {
  const isAbsent = error instanceof ModelError && error.fault === "none";
  if (isAbsent && !tellsAbsence) return undefined;
  const { message } = error;
  return { issues: [], notes: [`no model was asked: ${message}`], missed: message };
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
  options: AdviceOptions & { counts?: boolean } = {},
): Promise<FileReview> {
  const advice = await askForAdvice({ ...code, found: review.issues }, mode, context, options);
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
  const pieces = splitIntoPieces(tree, pieceBudget(model, question));
  const { change } = code;
  return {
    ...code,
    context,
    model,
    question,
    lines,
    pieces: change
      ? pieces.filter(({ first, last }) => hasChangedLine(change, first, last))
      : pieces,
    describe: (piece) => ({
      piece,
      lines,
      context: findContext(piece),
      found: code.found.filter(({ line }) => line >= piece.first && line <= piece.last),
    }),
  };
}

async function reviewPieces(review: Review): Promise<Advice> {
  const { model, pieces, context: { signal }, lines, found, focus, change } = review;
  const advice: Advice = { model: model.model, issues: [], notes: [] };
  using limit = startLimit(model);
  for (const [index, piece] of pieces.entries()) {
    signal?.throwIfAborted();
    const { claims, notes, missed, isOver } = await reviewPiece(review, index, limit.signal);
    const verified = verifyClaims(claims, { lines, piece, found, focus, atMost: MOST_PER_PIECE });
    advice.issues.push(...verified.filter((issue) => !change || isOnChangedLine(issue, change)));
    advice.notes.push(...notes);
    if (missed !== undefined) advice.missed ??= missed;
    if (isOver) break;
  }
  return advice;
}

/** Ends what is asked about one file. */
function startLimit({ timeoutMs }: ChatModel): Disposable & { signal: AbortSignal } {
  const stop = new AbortController();
  const [limitMs, seconds] = [MOST_TIMEOUTS * (timeoutMs ?? Infinity), (timeoutMs ?? 0) / 1000];
  const why = `the time for a file is over, ${MOST_TIMEOUTS} times ${seconds} s`;
  const over = () => stop.abort(new DOMException(why, "TimeoutError"));
  const timer = limitMs < LONGEST_MS ? setTimeout(over, limitMs) : undefined;
  return { signal: stop.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

/** What setTimeout takes at most. */
const LONGEST_MS = 2 ** 31;

interface Answer {
  claims: Claim[];
  notes: string[];
  /** Why the piece was not reviewed. */
  missed?: string;
  /** Whether asking about other pieces would be in vain. */
  isOver?: boolean;
}

async function reviewPiece(review: Review, index: number, limit: AbortSignal): Promise<Answer> {
  const { context: { progress }, model, pieces } = review;
  const piece = pieces[index]!;
  if (index === MOST_PIECES) {
    return { ...notShown(restFrom(piece, review), "too long"), isOver: true };
  }
  const total = Math.min(pieces.length, MOST_PIECES);
  progress?.(index, total, `Asking ${model.model} about ${nameOf(piece)}`);
  return await askOrForgive(review, piece, limit);
}

function restFrom({ first }: LineRange, { lines }: Review): LineRange {
  return { first, last: lines.length };
}

async function askOrForgive(review: Review, piece: LineRange, limit: AbortSignal): Promise<Answer> {
  const { context: { signal, models }, forgives } = review;
  const rest = restFrom(piece, review);
  try {
    return await askAbout(review, piece, signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) return { ...notReviewed(rest, limit.reason.message), isOver: true };
    if (!forgives || !(error instanceof ModelError)) throw error;
    const isOver = error.isServerFault;
    if (isOver) letRest(models, error);
    return { ...notReviewed(isOver ? rest : piece, error.message), isOver };
  }
}

async function askAbout(review: Review, piece: LineRange, signal: AbortSignal): Promise<Answer> {
  const { model, question, context: { cache } } = review;
  const composed = composeMessages(model, question, review.describe(piece));
  if (!composed) return notShown(piece, "too long for the context");
  const { messages, leftOut } = composed;
  const notes = leftOut.length === 0
    ? []
    : [`${nameOf(piece)} reviewed without ${leftOut.join(" and ")}: too long for the context`];
  return { claims: await askForClaims(model, messages, { cache, signal }), notes };
}

function notReviewed(lines: LineRange, missed: string): Answer {
  return { claims: [], notes: [`${nameOf(lines)} not reviewed: ${missed}`], missed };
}

function notShown(lines: LineRange, why: string): Answer {
  return { claims: [], notes: [`${nameOf(lines)} not shown to the model: ${why}`], missed: why };
}

function nameOf({ first, last }: LineRange): string {
  return first === last ? `line ${first}` : `lines ${first}-${last}`;
}

const REST_MS = 60_000;
const resting = new WeakMap<Models, { until: number; failure: ToolError }>();

/** How the models failed a moment ago: a run over many files does not wait for each anew. */
function failureOf(models: Models): ToolError | undefined {
  const rest = resting.get(models);
  return rest && rest.until > Date.now() ? rest.failure : undefined;
}

function letRest(models: Models, failure: ToolError): void {
  if (failure instanceof ModelError && !failure.isServerFault && failure.fault !== "none") return;
  resting.set(models, { until: Date.now() + REST_MS, failure });
}
