/** Where values stand in a JSON text that is known to be valid. */

/** A value's offsets; `end` is exclusive. */
export interface JsonSpan {
  start: number;
  end: number;
}

/** The members of the object at `start`, in order. */
export function* membersOf(text: string, start: number): Generator<[key: string, JsonSpan]> {
  let at = skipSpace(text, start + 1);
  while (text[at] === '"') {
    const keyEnd = endOfString(text, at);
    const key: string = JSON.parse(text.slice(at, keyEnd));
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, valueStart);
    yield [key, { start: valueStart, end }];
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

/** The elements of the array at `start`, in order. */
export function* elementsOf(text: string, start: number): Generator<JsonSpan> {
  let at = skipSpace(text, start + 1);
  while (at < text.length && text[at] !== "]") {
    const end = endOfValue(text, at);
    yield { start: at, end };
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

/** The last member of a name, which is the one that `JSON.parse` gives. */
export function memberOf(text: string, start: number, name: string): JsonSpan | undefined {
  let found: JsonSpan | undefined;
  for (const [key, span] of membersOf(text, start)) if (key === name) found = span;
  return found;
}

/** The first offset from `at` on that is no white space. */
export function skipSpace(text: string, at: number): number {
  while (" \t\r\n".includes(text[at] ?? "x")) at++;
  return at;
}

function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (char === "," || " \t\r\n".includes(char))) return at;
  }
  return text.length;
}

/** Images in outputs are strings of megabytes: no regular expression. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return at + 1;
  }
  return text.length;
}
