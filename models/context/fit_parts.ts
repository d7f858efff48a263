import type { ChatModel } from "../chat_model.ts";
import { ModelError } from "../model_error.ts";
import { estimateTokens } from "./token_estimate.ts";

/** Text that goes into a prompt as far as there is room. */
export interface Part {
  /** Names it where it had to be left out, such as `src/app.py`. */
  label: string;
  text: string;
  /** The higher one gets its room first; of equals the earlier one. */
  priority: number;
  /** Whether it says something when it is cut within its first line, as a text without breaks does. */
  cutsLine?: boolean;
}

/** What {@link fitParts} found room for. */
export interface FittedParts {
  /** The parts in their given order, a blank line between them; without the fixed text. */
  text: string;
  /** Each of them; empty where it was left out. */
  texts: string[];
  /** What is missing: a part's label, or `‹label› (lines 41–90 of 90)`. */
  leftOut: string[];
}

/** A longer reply takes no more than this of the context away from the parts. */
const REPLY_SHARE = 0.5;
/** What the template adds, a part's blank line, and the note in place of lines. */
const MARGIN_TOKENS = 32;
const PART_TOKENS = 2;
const NOTE_TOKENS = 16;
/** Less of a line says nothing. */
const LEAST_PIECE_TOKENS = 64;
/** UTF-16 code units of a token; no text has more. */
const MOST_PER_TOKEN = 32;

/**
 * Chooses what goes into a prompt: parts by priority, whole where they fit, else cut at the end of a
 * line, or within the first where it may be, with a note in place of the rest.
 *
 * @param options.fixed all other text of the prompt; counted, and not part of the result
 * @param options.replyTokens kept free for the reply, up to half of the context
 * @throws {ModelError} `too_long` when the fixed text alone leaves no room
 */
export function fitParts(
  model: ChatModel,
  { fixed, parts, replyTokens }: { fixed: string; parts: Part[]; replyTokens: number },
): FittedParts {
  let room = roomOf(model, fixed, replyTokens);
  const fitted = new Map<Part, Cut>();
  for (const part of parts.toSorted((a, b) => b.priority - a.priority)) {
    const cut = cutToFit(model, part, room - PART_TOKENS);
    fitted.set(part, cut);
    if (cut.text !== "") room -= cut.tokens + PART_TOKENS;
  }
  const inOrder = parts.map((part) => fitted.get(part)!);
  return {
    text: inOrder.map(({ text }) => text).filter(Boolean).join("\n\n"),
    texts: inOrder.map(({ text }) => text),
    leftOut: inOrder.flatMap(({ leftOut }) => leftOut ?? []),
  };
}

function roomOf(model: ChatModel, fixed: string, replyTokens: number): number {
  const { contextTokens } = model;
  const tokens = estimateTokens(fixed, model) + MARGIN_TOKENS;
  const room = contextTokens - tokens - Math.min(replyTokens, contextTokens * REPLY_SHARE);
  if (room > 0) return Math.floor(room);
  throw new ModelError(
    "too_long",
    `Cannot ask "${model.model}": the prompt without its parts takes about ${tokens} tokens of ${contextTokens}`,
    { hint: "give it less text, or raise context_tokens of the model in devmcp.yaml" },
  );
}

interface Cut {
  text: string;
  tokens: number;
  leftOut?: string;
}

function cutToFit(model: ChatModel, part: Part, room: number): Cut {
  const { label, text, cutsLine } = part;
  const tokens = estimateTokens(text, model);
  if (tokens <= room) return { text, tokens };
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const { count, used } = countLines(model, lines, room - NOTE_TOKENS);
  if (count === 0 && cutsLine) return cutInLine(model, part, room - NOTE_TOKENS);
  if (count === 0) return { text: "", tokens: 0, leftOut: label };
  const missing = `lines ${count + 1}–${lines.length}`;
  return {
    text: `${lines.slice(0, count).join("\n")}\n[${missing} are left out]`,
    tokens: used + NOTE_TOKENS,
    leftOut: `${label} (${missing} of ${lines.length})`,
  };
}

/** The beginning of a text whose first line is too long, as of JSON without line breaks. */
function cutInLine(model: ChatModel, { label, text }: Part, room: number): Cut {
  const fits = (end: number) => estimateTokens(text.slice(0, end), model) <= room;
  let [end, tooMuch] = [0, Math.min(text.length, room * MOST_PER_TOKEN) + 1];
  while (room >= LEAST_PIECE_TOKENS && tooMuch - end > 1) {
    const middle = Math.floor((end + tooMuch) / 2);
    if (fits(middle)) end = middle;
    else tooMuch = middle;
  }
  if (end === 0) return { text: "", tokens: 0, leftOut: label };
  const piece = text.slice(0, end).toWellFormed();
  const missing = `characters ${end + 1}–${text.length}`;
  return {
    text: `${piece}\n[${missing} are left out]`,
    tokens: room + NOTE_TOKENS,
    leftOut: `${label} (${missing} of ${text.length})`,
  };
}

/** How many lines fit. Each is rounded up, so that their sum is never too small. */
function countLines(
  model: ChatModel,
  lines: string[],
  room: number,
): { count: number; used: number } {
  let used = 0;
  for (const [count, line] of lines.entries()) {
    const next = used + estimateTokens(`${line}\n`, model);
    if (next > room) return { count, used };
    used = next;
  }
  return { count: lines.length, used };
}
