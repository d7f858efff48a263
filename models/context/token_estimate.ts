import type { ChatMessage, ChatModel } from "../chat_model.ts";

/** What a text takes, in tokens, before a model has told anything. */
export interface TokenRange {
  /** No tokenizer needs fewer. */
  least: number;
  /** About; rather too many than too few. */
  likely: number;
}

/** Punctuation, and what is not Latin: few characters share a token. */
const PUNCTUATION_TOKENS = 0.5;
const LATIN_TOKENS = 1;
const OTHER_TOKENS = 1.5;
/** Half of a surrogate pair: an emoji may be one token for each of its bytes. */
const SURROGATE_TOKENS = 2;
/** Tokens that a template puts around each message, about. */
const MESSAGE_TOKENS = 6;

/**
 * Estimates a text's tokens: letters and blanks by the average of the profile, each digit on its own,
 * as most tokenizers have it, and the rest by what is costly in any of them. A word, three digits and
 * four characters of other scripts take one token at the least.
 */
export function measureTokens(text: string, charactersPerToken: number): TokenRange {
  const counts = { letters: 0, digits: 0, marks: 0, latin: 0, other: 0, surrogates: 0, words: 0 };
  let inWord = false;
  for (let i = 0; i < text.length; i++) {
    const kind = kindOf(text.charCodeAt(i));
    const isWord = kind === "letters" || kind === "latin";
    if (isWord && !inWord) counts.words++;
    inWord = isWord;
    counts[kind === "blanks" ? "letters" : kind]++;
  }
  const { letters, digits, marks, latin, other, surrogates, words } = counts;
  const likely = letters / charactersPerToken + digits + marks * PUNCTUATION_TOKENS +
    latin * LATIN_TOKENS + other * OTHER_TOKENS + surrogates * SURROGATE_TOKENS;
  return { least: words + digits / 3 + other / 4, likely };
}

type Kind = "letters" | "blanks" | "digits" | "marks" | "latin" | "other" | "surrogates";

function kindOf(code: number): Kind {
  if (code >= 0x80) {
    if (code < 0x250) return "latin";
    return code >= 0xd800 && code < 0xe000 ? "surrogates" : "other";
  }
  if (code >= 0x61 && code <= 0x7a || code >= 0x41 && code <= 0x5a) return "letters";
  if (code >= 0x30 && code <= 0x39) return "digits";
  return code <= 0x20 ? "blanks" : "marks";
}

/** The same for messages, with what a template adds. */
export function measureMessages(messages: ChatMessage[], charactersPerToken: number): TokenRange {
  const ranges = messages.map(({ content }) => measureTokens(content, charactersPerToken));
  return {
    least: ranges.reduce((sum, { least }) => sum + least, 0),
    likely: ranges.reduce((sum, { likely }) => sum + likely + MESSAGE_TOKENS, 0),
  };
}

/** How far a model's own count is from the estimate: actual / estimated. */
export interface Correction {
  ratio: number;
}

const MIN_RATIO = 0.5;
const MAX_RATIO = 2;
/** Of the newest reply in the mean. */
const NEWEST_WEIGHT = 0.25;
/** What a template adds outweighs the text of shorter prompts. */
const MIN_TOKENS = 64;

const corrections = new WeakMap<ChatModel, Correction>();

/** The correction that goes with a model; made when it is first asked for. */
export function correctionOf(model: ChatModel): Correction {
  const known = corrections.get(model);
  if (known) return known;
  const correction = { ratio: 1 };
  corrections.set(model, correction);
  return correction;
}

/** Lets `model` and another that stands for it be estimated alike. */
export function shareCorrection(model: ChatModel, other: ChatModel): void {
  corrections.set(other, correctionOf(model));
}

/** Learns from a reply: an exponential mean of the ratios, between 0.5 and 2. */
export function learn(correction: Correction, estimated: number, actual: number): void {
  if (estimated < MIN_TOKENS) return;
  const ratio = Math.min(MAX_RATIO, Math.max(MIN_RATIO, actual / estimated));
  correction.ratio += NEWEST_WEIGHT * (ratio - correction.ratio);
}

/**
 * Tokens that a text takes in a model's context, about; rather too many than too few. Gets better with
 * each reply of a model that {@link guardContext} guards.
 */
export function estimateTokens(text: string, model: ChatModel): number {
  const { likely } = measureTokens(text, model.profile.charactersPerToken);
  return Math.ceil(likely * correctionOf(model).ratio);
}
