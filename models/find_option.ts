import { nearestWords } from "../config/nearest.ts";
import { plainKey } from "./endpoints/plain_key.ts";

/** The words that models use for options of usual scales, where the scale does not have the word itself. */
const SYNONYMS: [option: string, words: string[]][] = [
  ["low", ["easy", "simple", "trivial", "basic"]],
  ["medium", ["moderate", "average", "medium-high"]],
  ["high", ["hard", "complex", "difficult"]],
  ["critical", ["blocker", "fatal"]],
  ["major", ["high", "error", "severe", "serious"]],
  ["minor", ["medium", "moderate", "warning", "warn"]],
  ["info", ["low", "trivial", "note", "hint"]],
];

/** With one of these, the option that is named is not the one that is meant. */
const DENIALS = new Set([
  ...["no", "not", "non", "never", "neither", "nor", "without", "hardly", "isn", "doesn"],
  ...["less", "lower", "below", "under", "more", "above", "over", "than"],
]);

/** What is said of an option is short. */
const MAX_CHARACTERS = 200;

/**
 * The one option that is meant: exactly, but for case and marks, by a synonym, named in a text that
 * names no other and does not deny it, or spelt nearly so.
 *
 * @returns undefined when that cannot be told
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { findOption } from "./find_option.ts";
 *
 * assert.equal(findOption("Very complex", ["low", "medium", "high"]), "high");
 * assert.equal(findOption("not high", ["low", "medium", "high"]), undefined);
 * ```
 */
export function findOption<T>(value: unknown, options: readonly T[]): T | undefined {
  if (typeof value === "object") return undefined;
  const text = String(value).slice(0, MAX_CHARACTERS);
  const same = options.find((option) => option === value) ?? findWord(text, options);
  if (same !== undefined) return same;
  const words: string[] = text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
  if (words.some((word) => DENIALS.has(word))) return undefined;
  const named = new Set(words.map((word) => findWord(word, options)));
  named.delete(undefined);
  if (named.size > 0) return named.size === 1 ? [...named][0] : undefined;
  return findMisspelt(text.trim(), options);
}

function findWord<T>(word: string, options: readonly T[]): T | undefined {
  const wanted = plainKey(word);
  const find = (name: string) => options.find((option) => plainKey(String(option)) === name);
  const same = find(wanted);
  if (same !== undefined) return same;
  return SYNONYMS.filter(([, words]) => words.some((one) => plainKey(one) === wanted))
    .map(([name]) => find(name)).find((option) => option !== undefined);
}

/** Slips are seldom in the first letter, opposites often differ there: `unsafe`, `incorrect`. */
function findMisspelt<T>(word: string, options: readonly T[]): T | undefined {
  const start = word.slice(0, 1).toLowerCase();
  const alike = options.filter((option) => String(option).toLowerCase().startsWith(start));
  const [nearest] = nearestWords(word, alike.map(String), 1);
  if (nearest === undefined || !isAlikeInParts(word, nearest)) return undefined;
  return alike.find((option) => String(option) === nearest);
}

/** `write_code` is no slip of `write_file`: each part has to be alike. */
function isAlikeInParts(word: string, option: string): boolean {
  const parts = word.split(/[\s_-]+/);
  const others = option.split(/[\s_-]+/);
  if (parts.length !== others.length) return true;
  return parts.every((part, i) =>
    part === others[i] || nearestWords(part, [others[i]!]).length > 0
  );
}
