/** A word, a string or one character of punctuation of a language that looks like C. */
export interface CodeToken {
  kind: "word" | "string" | "template" | "punctuation";
  /** As in the source; of a string what stands between the quotes, escapes as they are. */
  text: string;
  /** Offset into the source. */
  start: number;
  /** 1-based. */
  line: number;
}

/** Beginnings of what is read as one piece, tried in this order at each place. */
const PIECES = new RegExp(
  [
    String.raw`(?<space>[\s\ufeff]+)`,
    String.raw`(?<comment>//[^\n]*|/\*[^]*?(?:\*/|$))`,
    String.raw`(?<string>"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?)`,
    String.raw`(?<word>[\p{L}\p{N}_$#]+)`,
    String.raw`(?<other>[^])`,
  ].join("|"),
  "uy",
);
/** A longer regular expression is read as punctuation; the bound keeps hostile lines cheap. */
const MOST_REGEX = 1000;
const REGEX = /^\/(?:[^/\\[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/;

/**
 * The tokens of JavaScript, TypeScript or Go, comments left out. Tolerant: whatever the text is, it
 * has tokens; a string without an end ends with its line. What stands in a template literal is one
 * token for each piece of text, with the tokens of its `${…}` between them.
 */
export function readTokens(text: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  /** Open braces of each template literal that is being read, the innermost last. */
  const templates: number[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const { kind, source, value } = readPiece(text, at, tokens.at(-1), templates);
    if (kind) tokens.push({ kind, text: value, start: at, line });
    line += countNewlines(source);
    at += source.length;
  }
  return tokens;
}

interface Piece {
  /** Undefined for what is no token. */
  kind?: CodeToken["kind"];
  source: string;
  value: string;
}

function readPiece(
  text: string,
  at: number,
  before: CodeToken | undefined,
  templates: number[],
): Piece {
  if (text[at] === "`" || text[at] === "}" && templates.at(-1) === 0) {
    if (text[at] === "}") templates.pop();
    return readTemplate(text, at, templates);
  }
  const regex = text[at] === "/" && mayStartRegex(before) ? readRegex(text, at) : undefined;
  if (regex) return { kind: "punctuation", source: regex, value: "/" };
  PIECES.lastIndex = at;
  const { 0: source, groups = {} } = PIECES.exec(text)!;
  if (groups.space !== undefined || groups.comment !== undefined) return { source, value: "" };
  if (groups.word !== undefined) return { kind: "word", source, value: source };
  if (groups.string !== undefined) return { kind: "string", source, value: unquoted(source) };
  countBraces(source, templates);
  return { kind: "punctuation", source, value: source };
}

/** From "`" or the end of a `${…}` to the next "`" or `${`. */
function readTemplate(text: string, at: number, templates: number[]): Piece {
  let end = at + 1;
  while (end < text.length && text[end] !== "`" && !text.startsWith("${", end)) {
    end += text[end] === "\\" ? 2 : 1;
  }
  const value = text.slice(at + 1, end);
  const opens = text.startsWith("${", end);
  if (opens) templates.push(0);
  return { kind: "template", source: text.slice(at, end + (opens ? 2 : 1)), value };
}

function countBraces(source: string, templates: number[]): void {
  if (templates.length === 0) return;
  if (source === "{") templates[templates.length - 1]!++;
  if (source === "}") templates[templates.length - 1]!--;
}

/** After an operand a slash divides. */
function mayStartRegex(before: CodeToken | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === "word") return /^(?:return|typeof|case|in|of|delete|void)$/.test(before.text);
  return before.kind === "punctuation" && !/^[)\]}/]$/.test(before.text);
}

function readRegex(text: string, at: number): string | undefined {
  if (text[at + 1] === "/" || text[at + 1] === "*") return undefined;
  return REGEX.exec(text.slice(at, at + MOST_REGEX))?.[0];
}

function unquoted(source: string): string {
  const closed = source.length > 1 && source.endsWith(source[0]!);
  return source.slice(1, closed ? -1 : undefined);
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** The index of the bracket that closes the one at `open`, or the number of tokens. */
export function closingIndex(tokens: CodeToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (isPunctuation(tokens[at], "([{")) depth++;
    else if (isPunctuation(tokens[at], ")]}") && --depth === 0) return at;
  }
  return tokens.length;
}

/** Whether a token is one of the characters. */
export function isPunctuation(token: CodeToken | undefined, characters: string): boolean {
  return token?.kind === "punctuation" && characters.includes(token.text);
}

/** Whether a token is one of the words. */
export function isWord(token: CodeToken | undefined, ...words: string[]): boolean {
  return token?.kind === "word" && words.includes(token.text);
}
