import { COMMENT_SYNTAX } from "./comment_syntax.ts";
import { type Comment, commentsIn } from "./comments.ts";
import type { Position } from "../issue.ts";
import type { LanguageId } from "../languages.ts";
import { createLineIndex } from "../text/line_index.ts";
import { mayIgnore } from "./may_ignore.ts";

/** A comment `devmcp: ignore[rule] reason`, or `devmcp: ignore-file[rule] reason`. */
export interface IgnoreComment {
  /** Codes or beginnings of codes; empty where the comment names none. */
  rules: string[];
  reason?: string;
  /** The line whose issues it silences; all lines for `ignore-file`. */
  target: number | "file";
  /** Where the comment stands. */
  start: Position;
  end: Position;
  /** What to take away with it: its line, or the space before it; absent where more stands in it. */
  removal?: { start: Position; end: Position };
}

/** `ignore-file` counts in so many lines at the top. */
export const TOP_LINES = 30;
const MOST_RULES = 100;
const MOST_REASON = 200;
const DIRECTIVE =
  /(?:^|#|\/\/|--|\*|;|\n)[^\S\n]{0,200}devmcp:\s{0,9}(ignore(?:-file)?)(?![\w-])(?:\[([^\]\n]{0,4000})\])?([^\n]*)/;

/** The ignores in a text; none for a language without comments. */
export function ignoreCommentsIn(text: string, language: LanguageId): IgnoreComment[] {
  const syntax = COMMENT_SYNTAX[language];
  if (!syntax || !mayIgnore(text)) return [];
  const comments = commentsIn(text, syntax);
  const nextCode = createNextCode(text, comments);
  const index = createLineIndex(text);
  const positionOf = (offset: number) => (
    { line: index.lineAt(offset), column: index.columnAt(offset) }
  );
  return comments.flatMap((comment) => {
    const match = DIRECTIVE.exec(comment.text);
    if (!match) return [];
    const [whole, kind, rules = "", rest = ""] = match;
    const isFile = kind === "ignore-file";
    const isOnly = comment.text.replace(whole, "").trim() === "";
    return {
      rules: namesIn(rules),
      ...reasonIn(rest),
      target: isFile ? "file" as const : comment.isAlone ? nextCode(comment) : comment.line,
      start: positionOf(comment.start),
      end: positionOf(comment.end),
      ...isOnly && { removal: removalOf(text, comment, positionOf) },
    };
  });
}

function namesIn(rules: string): string[] {
  return [...new Set(rules.split(",").map((rule) => rule.trim()).filter(Boolean))]
    .slice(0, MOST_RULES);
}

function reasonIn(rest: string): { reason?: string } {
  const reason = rest.replace(/^[\s:–—-]+/, "").trim().slice(0, MOST_REASON).toWellFormed();
  return reason ? { reason } : {};
}

/** The first line after a comment that is neither empty nor a comment. */
function createNextCode(text: string, comments: Comment[]): (comment: Comment) => number {
  const lines = text.split(/\r\n|\r|\n/);
  const quiet = new Set<number>();
  for (const { isAlone, line, endLine } of comments) {
    for (let n = line; isAlone && n <= endLine; n++) quiet.add(n);
  }
  return ({ endLine }) => {
    let next = endLine + 1;
    while (next <= lines.length && (quiet.has(next) || lines[next - 1]!.trim() === "")) next++;
    return next;
  };
}

function removalOf(
  text: string,
  { start, end, isAlone }: Comment,
  positionOf: (offset: number) => Position,
) {
  if (!isAlone) {
    const space = /[^\S\r\n]*$/.exec(text.slice(Math.max(0, start - 100), start))![0].length;
    return { start: positionOf(start - space), end: positionOf(end) };
  }
  const first = positionOf(start).line;
  const newline = /\r\n|\r|\n/.exec(text.slice(end, end + 1000));
  const to = newline ? end + newline.index + newline[0].length : end;
  return { start: { line: first, column: 1 }, end: positionOf(to) };
}
