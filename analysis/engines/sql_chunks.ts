/** A part of a file of SQL, whole statements long. */
export interface SqlChunk {
  text: string;
  /** Its offset in the file. */
  start: number;
  /** Why parsing it would take minutes, or more memory than there is; absent where it would not. */
  costly?: string;
}

/** The parser keeps some 10 kB for each statement until the end of its text. */
const ENOUGH = 16 * 1024;
const MAX_STATEMENT = 128 * 1024;
/** What is nested costs the cube of its depth. */
const MAX_DEPTH = 150;
const MAX_BETWEEN = 400;

/** Strings, quoted names and comments, each to its end; then what nests, and what ends a statement. */
const TOKEN =
  /'(?:[^'\\]|\\[^]|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|\$(\w*)\$[^]*?\$\1\$|[()\[\]{};]|\b(?:case|end|between)\b/gi;

/**
 * Cuts a file behind semicolons at the end of a line, where the formatter would begin a statement too:
 * it needs time and memory that grow faster than its text.
 */
export function cutSql(text: string): SqlChunk[] {
  const chunks: SqlChunk[] = [];
  let start = 0, depth = 0, deepest = 0, cases = 0, between = 0;
  const cut = (end: number) => {
    const body = text.slice(start, end);
    chunks.push({ text: body, start, ...costOf(body.length, Math.max(deepest, cases), between) });
    start = end;
    depth =
      deepest =
      cases =
      between =
        0;
  };
  let open = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const word = token.toLowerCase();
    if ("([{".includes(token)) deepest = Math.max(deepest, ++depth);
    else if (")]}".includes(token)) depth--;
    else if (word === "case") cases = Math.max(cases, ++open);
    else if (word === "end") open = Math.max(0, open - 1);
    else if (word === "between") between++;
    else if (token === ";" && index - start > ENOUGH && endsLine(text, index + 1)) {
      cut(index + 1);
      open = 0;
    }
  }
  cut(text.length);
  return chunks;
}

function endsLine(text: string, at: number): boolean {
  return /^[ \t]*(?:\r?\n|$)/.test(text.slice(at, at + 80));
}

function costOf(length: number, depth: number, between: number): { costly?: string } {
  if (length > ENOUGH + MAX_STATEMENT) return { costly: "a statement is longer than 128 KiB" };
  if (depth > MAX_DEPTH) return { costly: "it is nested too deeply" };
  return between > MAX_BETWEEN ? { costly: "a statement has too many BETWEEN" } : {};
}
