import { closingIndex, type CodeToken, isPunctuation, isWord } from "./code_tokens.ts";

/**
 * The public methods of each class of a JavaScript or TypeScript file, by the class's name: those with a
 * body, and arrow functions that fields hold. A constructor is called by its class. Read from the
 * tokens alone, so that names which code computes are not found.
 */
export function findMethods(tokens: CodeToken[]): Map<string, Set<string>> {
  const classes = new Map<string, Set<string>>();
  for (let at = 0; at < tokens.length; at++) {
    const name = tokens[at + 1];
    if (!isWord(tokens[at], "class") || name?.kind !== "word" || isWord(name, "extends")) continue;
    const open = bodyOf(tokens, at + 2);
    if (open === undefined) continue;
    const close = closingIndex(tokens, open);
    classes.set(name.text, new Set(methodsIn(tokens, open, close)));
    at = close; // classes within it are not reached by their names
  }
  return classes;
}

/** The brace that opens a class's body; its type parameters and base classes have brackets too. */
function bodyOf(tokens: CodeToken[], start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (isPunctuation(tokens[at], "<")) depth++;
    if (isPunctuation(tokens[at], ">") && !isPunctuation(tokens[at - 1], "=")) depth--;
    if (isPunctuation(tokens[at], "{") && depth <= 0) return at;
    if (isPunctuation(tokens[at], "([{")) at = closingIndex(tokens, at);
    else if (isPunctuation(tokens[at], ";") || isWord(tokens[at], "class")) return undefined;
  }
  return undefined;
}

/** Tokens at most of a type, so that hostile code is read in little time. */
const MOST_TYPE = 100;

function methodsIn(tokens: CodeToken[], open: number, close: number): string[] {
  const names: string[] = [];
  let start = open + 1;
  for (let at = open + 1; at < close; at++) {
    if (tokens[at]!.kind === "word" && isMethod(tokens, at, close)) {
      if (isPublic(tokens.slice(start, at), tokens[at]!.text)) names.push(tokens[at]!.text);
    }
    if (isPunctuation(tokens[at], "([{")) at = closingIndex(tokens, at);
    if (isPunctuation(tokens[at], ";}")) start = at + 1;
  }
  return names;
}

/** `name(…) {`, `name<T>(…): R {`, `name = (…) =>`, `name = x =>`, `name = function` */
function isMethod(tokens: CodeToken[], name: number, close: number): boolean {
  if (isPunctuation(tokens[name - 1], ".@=") || isWord(tokens[name - 1], "new")) return false;
  if (isPunctuation(tokens[name + 1], "=")) return isFunction(tokens, name + 2, close);
  const open = afterTypeParameters(tokens, name + 1);
  if (!isPunctuation(tokens[open], "(")) return false;
  const next = closingIndex(tokens, open) + 1;
  if (!isPunctuation(tokens[next], ":")) return isPunctuation(tokens[next], "{");
  return hasBody(tokens, next + 1, close);
}

function isFunction(tokens: CodeToken[], start: number, close: number): boolean {
  const at = isWord(tokens[start], "async") ? start + 1 : start;
  if (isWord(tokens[at], "function")) return true;
  const open = afterTypeParameters(tokens, at);
  if (!isPunctuation(tokens[open], "(")) return isArrow(tokens, open + 1);
  const next = closingIndex(tokens, open) + 1;
  if (isArrow(tokens, next)) return true;
  if (!isPunctuation(tokens[next], ":")) return false;
  const last = Math.min(close, next + MOST_TYPE);
  for (let end = next; end < last && !isPunctuation(tokens[end], ";"); end++) {
    if (isArrow(tokens, end)) return true;
    if (isPunctuation(tokens[end], "([{")) end = closingIndex(tokens, end);
  }
  return false;
}

function isArrow(tokens: CodeToken[], at: number): boolean {
  return isPunctuation(tokens[at], "=") && isPunctuation(tokens[at + 1], ">");
}

function afterTypeParameters(tokens: CodeToken[], start: number): number {
  if (!isPunctuation(tokens[start], "<")) return start;
  for (let at = start, depth = 0; at < start + MOST_TYPE; at++) {
    if (isPunctuation(tokens[at], "<")) depth++;
    if (isPunctuation(tokens[at], ">") && --depth === 0) return at + 1;
  }
  return start;
}

/** After the colon of a return type: overloads and abstract methods end without a body. */
function hasBody(tokens: CodeToken[], start: number, close: number): boolean {
  for (let at = start; at < Math.min(close, start + MOST_TYPE); at++) {
    if (isPunctuation(tokens[at], "{")) return true;
    if (isPunctuation(tokens[at], ";=")) return false;
    if (isPunctuation(tokens[at], "([")) at = closingIndex(tokens, at);
  }
  return false;
}

/** @param before the tokens of the same member that stand before its name */
function isPublic(before: CodeToken[], name: string): boolean {
  if (name === "constructor" || /^[_#]/.test(name)) return false;
  const modifiers = before.slice(before.findLastIndex(({ kind }) => kind !== "word") + 1);
  return !modifiers.some((word) => isWord(word, "private", "protected"));
}
