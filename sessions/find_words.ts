import { oneLine } from "../config/one_line.ts";
import type { Session } from "./session.ts";

const EXCERPT_CHARACTERS = 100;
/** Of an excerpt, before the word that was found. */
const BEFORE = 30;

/** The words that are searched for, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter((word) => word !== "").slice(0, 16);
}

/** Whether a file's text can hold the words; cheap, and never wrongly false. */
export function mayHold(json: string, words: string[]): boolean {
  const text = json.toLowerCase();
  return words.every((word) => JSON.stringify(word) !== `"${word}"` || text.includes(word));
}

/**
 * The line of a session that holds most of the words; undefined when one of them is neither in the
 * title nor in any message or answer.
 */
export function findWords(session: Session, words: string[]): string | undefined {
  const texts = [session.title, ...session.turns.flatMap(({ input, answer }) => [input, answer])];
  const lower = texts.map((text) => text.toLowerCase());
  if (!words.every((word) => lower.some((text) => text.includes(word)))) return undefined;
  let best = { count: 0, line: "" };
  for (const [i, text] of lower.entries()) {
    if (!words.some((word) => text.includes(word))) continue;
    for (const line of texts[i]!.split("\n")) {
      const count = countWords(line, words);
      if (count > best.count) best = { count, line };
    }
    if (best.count === words.length) break;
  }
  return excerptOf(best.line, words);
}

function countWords(line: string, words: string[]): number {
  const text = line.toLowerCase();
  return words.filter((word) => text.includes(word)).length;
}

/** The part of a line around the first word found. */
function excerptOf(line: string, words: string[]): string {
  const text = line.toLowerCase();
  const places = words.map((word) => text.indexOf(word)).filter((place) => place >= 0);
  const start = Math.max(0, Math.min(...places) - BEFORE);
  const isWhole = line.length <= EXCERPT_CHARACTERS;
  const part = isWhole || start === 0 ? line : `…${line.slice(start)}`;
  return oneLine(part, EXCERPT_CHARACTERS);
}
