import type { CommentSyntax } from "./comment_syntax.ts";
import { createLineIndex } from "../text/line_index.ts";

export interface Comment {
  /** What stands between its marks. */
  text: string;
  /** Offsets into the file, marks included; `end` is exclusive. */
  start: number;
  end: number;
  /** Its lines, 1-based. */
  line: number;
  endLine: number;
  /** Nothing else stands on its lines. */
  isAlone: boolean;
}

/**
 * The comments of a text, by marks and quotes alone. A quote that is not closed, on its line or at
 * all, is no string: an apostrophe, or part of a regular expression. Here-documents and other strings
 * that only a parser can tell are taken for code.
 */
export function commentsIn(text: string, syntax: CommentSyntax): Comment[] {
  // A mark that wants to begin a line finds the first one too.
  const source = `\n${text}`;
  const index = createLineIndex(text);
  const comments: Comment[] = [];
  const openers = openersOf(syntax);
  const endOfString = createStringEnds(source, syntax);
  for (let match = openers.exec(source); match; match = openers.exec(source)) {
    const at = match.index, mark = match[0];
    const end = endOfString(at, mark);
    if (end !== undefined) {
      openers.lastIndex = end;
      continue;
    }
    const found = endOfComment(source, at, mark, syntax);
    if (!found) continue;
    openers.lastIndex = Math.max(found.end, at + 1);
    const start = mark.startsWith("\n") ? at : at - 1;
    comments.push({
      text: source.slice(at + mark.length, found.inner),
      start,
      end: found.end - 1,
      line: index.lineAt(start),
      endLine: index.lineAt(Math.max(start, found.end - 2)),
      isAlone: isAlone(text, index.startOf(index.lineAt(start)), start, found.end - 1),
    });
  }
  return comments;
}

function openersOf({ line = [], block = [], quotes = [], long = [] }: CommentSyntax): RegExp {
  const marks = [...long.map(([open]) => open), ...block.map(([open]) => open), ...line, ...quotes];
  const longestFirst = marks.sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((mark) => RegExp.escape(mark)).join("|"), "g");
}

/**
 * Tells where the string ends that a mark begins; undefined when it begins none. Where the end was
 * looked for in vain it is not looked for again: hostile text would make that very slow.
 */
function createStringEnds(source: string, { quotes = [], long = [] }: CommentSyntax) {
  const inVain = new Map<string, number>();
  return (at: number, mark: string): number | undefined => {
    const [, close = mark, kind] = long.find(([open]) => open === mark) ?? [];
    const isLong = close !== mark || long.some(([open]) => open === mark);
    if (!isLong && !quotes.includes(mark)) return undefined;
    const end = at < (inVain.get(mark) ?? 0)
      ? { at: undefined }
      : endOf(source, at + mark.length, close, { isRaw: kind === "raw", isLong });
    if (end.at === undefined && "stop" in end) inVain.set(mark, end.stop);
    return end.at ?? at + mark.length;
  };
}

function endOf(
  source: string,
  from: number,
  close: string,
  { isRaw, isLong }: { isRaw: boolean; isLong: boolean },
): { at: number } | { at: undefined; stop: number } {
  let at = from;
  for (; at < source.length && (isLong || source[at] !== "\n"); at++) {
    if (source.startsWith(close, at)) return { at: at + close.length };
    if (!isRaw && source[at] === "\\") at++;
  }
  return { at: undefined, stop: at };
}

/** `inner` is where its text ends, `end` where its marks do. */
function endOfComment(
  source: string,
  at: number,
  mark: string,
  { line = [], block = [], afterSpace }: CommentSyntax,
): { inner: number; end: number } | undefined {
  const close = block.find(([open]) => open === mark)?.[1];
  if (close) {
    const found = source.indexOf(close, at + mark.length);
    const inner = found < 0 ? source.length : found;
    return { inner, end: found < 0 ? inner : inner + close.length };
  }
  if (!line.includes(mark) || afterSpace && !/[\s;&|()]/.test(source[at - 1]!)) return undefined;
  const found = source.slice(at).search(/[\r\n]/);
  const end = found < 0 ? source.length : at + found;
  return { inner: end, end };
}

/** An indentation longer than this is none. */
const MOST_BEFORE = 1000;
/** JSX wraps its comments in braces. */
const NOTHING_AFTER = /\}?[^\S\r\n]*(?:[\r\n]|$)/y;

function isAlone(text: string, lineStart: number, start: number, end: number): boolean {
  if (start - lineStart > MOST_BEFORE) return false;
  NOTHING_AFTER.lastIndex = end;
  return /^\s*\{?$/.test(text.slice(lineStart, start)) && NOTHING_AFTER.test(text);
}
