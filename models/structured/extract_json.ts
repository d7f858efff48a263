import { splitFences } from "./fences.ts";

/** A text within a reply that may be the JSON that was asked for. */
export interface JsonText {
  text: string;
  /** False: it ends before all its brackets are closed. */
  closed: boolean;
  /** Whether nothing but its last bracket may be missing: it ends after a whole value. */
  lacksOneBracket: boolean;
}

/** Replies are cut to this before they are searched: with the usual limits none comes near it. */
const MAX_CHARACTERS = 128 * 1024;
/** Values that prose may show before the one that counts. */
const MAX_STARTS = 40;
const MAX_BLOCKS = 12;
/** Deeper than any schema; what reads the text afterwards may be recursive. */
export const MAX_DEPTH = 64;

/**
 * Finds what may be JSON in a reply: each object or list amid the prose, in their order. Strings are
 * skipped. Ends quickly whatever the text.
 */
export function extractJson(reply: string): JsonText[] {
  return findValues(reply.slice(0, MAX_CHARACTERS));
}

/** The same for what is in a reply's fenced blocks. */
export function extractFencedJson(reply: string): JsonText[] {
  const { blocks } = splitFences(reply.slice(0, MAX_CHARACTERS));
  return blocks.slice(0, MAX_BLOCKS).flatMap(({ code }) => findValues(code));
}

/**
 * Balanced values. One that begins like JSON and does not come out even ends the search: what is
 * within it are parts of an answer, which must not be taken for all of it.
 */
function findValues(text: string): JsonText[] {
  const found: JsonText[] = [];
  let start = nextStart(text, 0);
  for (let tries = 0; start >= 0 && tries < MAX_STARTS; tries++) {
    const values = readValue(text, start);
    found.push(...values);
    const [value] = values;
    if (!value?.closed) break;
    start = nextStart(text, start + value.text.length);
  }
  return found;
}

/** How JSON begins, and the brackets of prose do not. */
const JSON_START =
  /^(?:\{\s*(?:["'“/}]|[\w$-]{1,80}\s*:)|\[\s*(?:["'“/{[\]]|[\w.+-]{1,30}\s*[,\]]))/;
const START_CHARACTERS = 200;

function nextStart(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] !== "{" && text[i] !== "[") continue;
    if (JSON_START.test(text.slice(i, i + START_CHARACTERS))) return i;
  }
  return -1;
}

/**
 * The value that starts at a bracket. A quote within a string that was not escaped confuses the first
 * reading; the second one ends a string only where JSON could go on.
 */
function readValue(text: string, start: number): JsonText[] {
  const strict = scan(text, start, () => true);
  const lenient = scan(text, start, endsString);
  if (!strict.closed) return [lenient];
  return lenient.closed && lenient.text !== strict.text ? [strict, lenient] : [strict];
}

/** Whether a quote at `index` ends its string, going by what comes next. */
function endsString(text: string, index: number): boolean {
  let next = index + 1;
  while (isBlank(text[next])) next++;
  const character = text[next];
  return character === undefined || ",:}]".includes(character);
}

function isBlank(character: string | undefined): boolean {
  return character === " " || character === "\n" || character === "\t" || character === "\r";
}

/** Brackets that do not match are for the parser to mend. */
function scan(
  text: string,
  start: number,
  ends: (text: string, index: number) => boolean,
): JsonText {
  const open: string[] = [];
  let quote = "";
  /** The last character outside of a string that is no blank; a string counts as its quote. */
  let last = "";
  let beforeString = "";
  for (let i = start; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== "") {
      if (character === "\\") i++;
      else if (character === quote && ends(text, i)) quote = "";
      continue;
    }
    if (isBlank(character)) {
      if (startsProse(text, i, last)) return closedAt(text, start, i);
      continue;
    }
    // A list lacks its bracket, and where is anybody's guess.
    if (character === ":" && open.at(-1) === "]") break;
    if (isQuote(character, last)) {
      quote = character;
      beforeString = last;
    } else if (character === "{" || character === "[") open.push(character === "{" ? "}" : "]");
    else if (character === "}" || character === "]") {
      if (open.pop() !== character) return closedAt(text, start, endOfPart(text, i));
      if (open.length === 0) return closedAt(text, start, i + 1);
    }
    if (open.length > MAX_DEPTH) break;
    last = character;
  }
  // A number may go on, and a string without a colon before it is a key.
  const isAfterValue = "]}".includes(last) || "\"'".includes(last) && beforeString === ":";
  const lacksOneBracket = quote === "" && open.length === 1 && isAfterValue;
  return { text: text.slice(start), closed: false, lacksOneBracket };
}

/** Whether JSON that lacks brackets is over: after a whole value, a paragraph of words begins. */
function startsProse(text: string, index: number, last: string): boolean {
  return (last === "}" || last === "]") && text.startsWith("\n\n", index) &&
    /[A-Za-z]/.test(text[index + 2] ?? "");
}

/** After the last bracket of the paragraph. */
function endOfPart(text: string, index: number): number {
  const blank = text.indexOf("\n\n", index);
  const part = blank < 0 ? text : text.slice(0, blank);
  return Math.max(part.lastIndexOf("}"), part.lastIndexOf("]")) + 1;
}

function closedAt(text: string, start: number, end: number): JsonText {
  return { text: text.slice(start, end), closed: true, lacksOneBracket: false };
}

/** An apostrophe begins a string only where a key or a value may begin. */
function isQuote(character: string, last: string): boolean {
  return character === '"' || character === "'" && "{[,:".includes(last);
}
