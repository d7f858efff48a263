import type { Category, Issue } from "../analysis/issue.ts";
import type { NumberedLine, PieceContext } from "../analysis/piece_context.ts";
import type { LineRange } from "../analysis/pieces.ts";
import { oneLine } from "../config/one_line.ts";
import type { ChatMessage, ChatModel } from "../models/chat_model.ts";
import { fitParts, type Part } from "../models/context/fit_parts.ts";
import { ModelError } from "../models/model_error.ts";
import { measureTokens } from "../models/context/token_estimate.ts";
import { fillPrompt } from "../prompts/fill.ts";
import type { Prompt } from "../prompts/prompt.ts";
import { replyTokens } from "./model_input.ts";

/** What is asked of the model about all pieces of a file. */
export interface ReviewQuestion {
  prompt: Prompt;
  /** Empty means all. */
  focus: readonly Category[];
  styleGuide: string;
}

/** One piece of the file, with what the model should know to judge it. */
export interface ReviewedPiece {
  piece: LineRange;
  /** All lines of the file. */
  lines: string[];
  context: PieceContext;
  /** What the rules found in the piece. */
  found: Issue[];
}

/** Of a reply; five findings take about half of it. */
const REPLY_TOKENS = 1024;
const REPLY_SHARE = 0.25;
/** Small models overlook more in longer texts. */
const MOST_CODE_TOKENS = 3000;
/** Of the room for a piece; the rest is for what it uses of the file and what was found in it. */
const CODE_SHARE = 0.7;
const LEAST_CODE_TOKENS = 200;
/** More say no more of what is known already. */
const MOST_FOUND = 40;
/** In characters. */
const MOST_MESSAGE = 300;

/** Tokens of a reply at most, in a small context fewer. */
export function reviewTokens(model: ChatModel): number {
  return replyTokens(model, REPLY_TOKENS, REPLY_SHARE);
}

/** What the lines of a piece may cost together, and what a line costs, in tokens. */
export interface PieceBudget {
  budget: number;
  costOf(line: string): number;
}

/**
 * How long pieces may be. It does not learn from replies as other estimates do: the same file is to
 * be asked about in the same pieces, or its answers could not be kept.
 *
 * @throws {ModelError} `too_long` when the context has no room for code
 */
export function pieceBudget(model: ChatModel, question: ReviewQuestion): PieceBudget {
  const tokens = (text: string) => measureTokens(text, model.profile.charactersPerToken).likely;
  const room = model.contextTokens - reviewTokens(model) - tokens(fixedText(question));
  const budget = Math.min(MOST_CODE_TOKENS, Math.floor(room * CODE_SHARE));
  if (budget >= LEAST_CODE_TOKENS) {
    return { budget, costOf: (line) => tokens(numbered({ line: 10_000, text: line })) };
  }
  throw new ModelError(
    "too_long",
    `Cannot review with "${model.model}": its context of ${model.contextTokens} tokens has no ` +
      "room for code",
    { hint: "raise context_tokens of the model in devmcp.yaml, or choose another model" },
  );
}

const CODE = "code";

/** The messages about a piece, as much of it as fits; undefined when none of its own lines does. */
export function composeMessages(
  model: ChatModel,
  question: ReviewQuestion,
  { piece, lines, context, found }: ReviewedPiece,
): { messages: ChatMessage[]; leftOut: string[] } | undefined {
  const own = lines.slice(piece.first - 1, piece.last)
    .map((text, index) => ({ line: piece.first + index, text }));
  const { text, leftOut } = fitParts(model, {
    fixed: fixedText(question),
    parts: [
      ...toParts("the imports it uses", 2, "CONTEXT, imports:", context.imports.map(numbered)),
      ...toParts("the signatures it uses", 1, "CONTEXT, more:", context.signatures.map(numbered)),
      ...toParts("what the rules found", 3, "ALREADY FOUND:", listFound(found)),
      // Apart from the lines, so that it is told when none of them fits.
      { label: "", priority: 5, text: "CODE:" },
      { label: CODE, priority: 4, text: own.map(numbered).join("\n") },
    ],
    replyTokens: reviewTokens(model),
  });
  return leftOut.includes(CODE) ? undefined : { messages: fill(question, text), leftOut };
}

function toParts(label: string, priority: number, title: string, lines: string[]): Part[] {
  return lines.length === 0 ? [] : [{ label, priority, text: [title, ...lines].join("\n") }];
}

/** A bar before each line: whatever the file holds, it cannot pass for a part of the prompt. */
function numbered({ line, text }: NumberedLine): string {
  return `${line}| ${text}`;
}

function listFound(found: Issue[]): string[] {
  const shown = found.slice(0, MOST_FOUND)
    // Messages quote the code, which must not begin a line of the prompt.
    .map(({ line, category, message }) =>
      `- line ${line}, ${category}: ${oneLine(message, MOST_MESSAGE)}`
    );
  const more = found.length - shown.length;
  return more > 0 ? [...shown, `- and ${more} more`] : shown;
}

function fill({ prompt, focus, styleGuide }: ReviewQuestion, part: string): ChatMessage[] {
  return fillPrompt(prompt, {
    focus: focus.length > 0 ? focus.join(", ") : "correctness, security, performance",
    style_guide: styleGuide,
    part,
  });
}

/** All of the prompt but the part. */
function fixedText(question: ReviewQuestion): string {
  return fill(question, "").map(({ content }) => content).join("\n");
}
