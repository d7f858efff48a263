import { oneLine } from "../../config/one_line.ts";
import { splitFences } from "../../models/structured/fences.ts";

/** Of one message. */
const MAX_FOUND = 5;
/** What is longer is pasted, and no statement. */
const MAX_MESSAGE = 8_000;
const MAX_SENTENCE = 300;

/** What may stand before a statement and adds nothing to it. */
const OPENING =
  /^(?:(?:please|and|also|but|ok(?:ay)?|so|oh|well|yes|no|hey|by the way|btw|note|important)\b[,:]?\s+)+/i;
const FROM_NOW_ON =
  /^(?:from (?:now|here) on|in (?:the )?future|for the future|going forward|as a rule)\b[,:]?\s+(?:please\s+)?(?=\S)/i;
/** Words that begin what is to be remembered; others, as in "remember that bug", do not. */
const REMEMBER =
  /^remember(?::\s*|\s+to\s+|\s+that\s+(?=(?:i|we|my|our|you|your|all|every|this|the|it|there|tests?|code|functions?|any|no|in|for|use|always|never|python)\b))(?=\S)/i;
const STATEMENTS = [
  /^(?:always|never|don['’]t ever|do not ever)\s+\S/i,
  /^(?:i|we)(?:['’]d)?\s+(?:(?:always|usually|generally|strongly|would|really)\s+)*prefer\s+\S/i,
  /^(?:i|we)\s+(?:always|never)\s+(?:use|want|write|need)\s+\S/i,
  /^(?:i|we)(?:['’]d| would)?\s+(?:want|like)\s+(?:you|it|them|code|tests)?\s*(?:to\s+)?(?:always|never)\s+\S/i,
  /^(?:my name is|call me)\s+\S/i,
];
/** "Always fails with …" tells of a fault, and "never mind" of nothing. */
const TELLS =
  /^(?:always|never)\s+(?:is|are|was|were|be|been|has|had|does|did|mind|ever|again|before|returns?|fails?|failed|crash\w*|works|worked|gets|got|shows|prints|throws|threw|raises|gives|gave|ends|starts|runs|ran|takes|took|seems|looks|comes|came|goes|went|breaks|broke|hangs|hung|happens|happened|the same|true|false|null|none|zero|empty|wrong|when|if|because)\b/i;

/** Between sentences, and before a clause that may be a statement of its own. */
const BETWEEN =
  /(?<=[.!?;])\s+|\s*\n+\s*(?:[-*•]\s+|\d+[.)]\s+)?|\s*[,;–—]\s+(?=(?:(?:and|but|also|please)\s+)*(?:always|never|from now on|remember|i prefer|i['’]d prefer)\b)|\s+and\s+(?=(?:please\s+)?(?:always|never|from now on|remember that)\b)|(?:\s*,\s+(?:and\s+|but\s+)?|\s+and\s+)(?=(?:now|then)\s+\w)/gi;
/** Code and quotations; single quotes are apostrophes. */
const QUOTED = /`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|«[^»\n]*»/g;
const MASK = "\ue000";

/**
 * What a message says that should hold from now on: "always use type hints", "I prefer pytest",
 * "remember that …". Not what it asks, quotes or shows as code. Needs no model.
 */
export function findPreferences(message: string): string[] {
  if (message.length > MAX_MESSAGE) return [];
  const found = sentencesOf(proseOf(message)).flatMap(({ text, masked }) => {
    const length = statementLength(masked);
    return length === 0 ? [] : [tidy(text.slice(-length))];
  });
  return [...new Set(found)].slice(0, MAX_FOUND);
}

/** Without code and lines that quote. */
function proseOf(message: string): string {
  const own = message.split("\n").filter((line) => !/^(?:\s*>| {4}|\t)/.test(line));
  return splitFences(own.join("\n")).prose;
}

interface Sentence {
  text: string;
  /** The same with marks in place of what is quoted, so that nothing in it counts. */
  masked: string;
}

function sentencesOf(prose: string): Sentence[] {
  const masked = prose.replace(QUOTED, (quoted) => MASK.repeat(quoted.length));
  const sentences: Sentence[] = [];
  let start = 0;
  for (const { index, 0: { length } } of [...masked.matchAll(BETWEEN), endOf(masked)]) {
    sentences.push({ text: prose.slice(start, index), masked: masked.slice(start, index) });
    start = index + length;
  }
  return sentences.filter(({ text }) => !text.endsWith("?") && text.length <= MAX_SENTENCE);
}

function endOf(text: string): { index: number; 0: string } {
  return { index: text.length, 0: "" };
}

/** How much of the sentence's end is the statement; 0: it states nothing. */
function statementLength(sentence: string): number {
  const trimmed = sentence.trimStart().replace(/^(?:[-*•]|\d+[.)])\s+/, "");
  const text = trimmed.replace(OPENING, "");
  for (const start of [FROM_NOW_ON, REMEMBER]) {
    const rest = text.replace(start, "");
    if (rest !== text) return rest.trim().split(/\s+/).length < 2 ? 0 : rest.length;
  }
  const states = STATEMENTS.some((pattern) => pattern.test(text)) && !TELLS.test(text);
  return states ? text.length : 0;
}

function tidy(text: string): string {
  return oneLine(text, MAX_SENTENCE).replace(/[\s.!;,]+$/, "");
}
