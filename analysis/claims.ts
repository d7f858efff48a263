import { oneLine } from "../config/one_line.ts";
import type { Category, Issue, Severity } from "./issue.ts";
import type { LineRange } from "./pieces.ts";

/** What a model says is wrong with a line, before anybody has looked whether there is such a line. */
export interface Claim {
  /** The text of the line. */
  quote: string;
  /** The line's number, which models get wrong more often than its text. */
  line?: number;
  severity: Severity;
  category: Category;
  message: string;
  suggestion?: string;
  /** From 0 to 1; per cent are understood. */
  confidence: number;
}

export interface VerifyOptions {
  /** All lines of the file, without their endings. */
  lines: string[];
  /** The lines that the model was asked about. */
  piece: LineRange;
  /** What the rules found in the file: saying it again adds nothing. */
  found: Issue[];
  /** Only these categories are wanted; empty means all. */
  focus: readonly Category[];
  /** Issues at most: the first ones that hold. */
  atMost: number;
}

/**
 * The issues of those claims that hold: they quote a line of the piece, and say something of it that
 * neither the rules nor an earlier claim have said.
 */
export function verifyClaims(claims: Claim[], options: VerifyOptions): Issue[] {
  const { lines, piece, found, focus, atMost } = options;
  const issues: Issue[] = [];
  for (const claim of claims) {
    if (issues.length === atMost) break;
    const line = findQuote(lines, piece, claim);
    if (line === undefined || focus.length > 0 && !focus.includes(claim.category)) continue;
    const issue = toIssue(claim, line, lines[line - 1]!);
    const known = [...found, ...issues];
    if (issue.message !== "" && !known.some((other) => isRepeat(issue, other))) issues.push(issue);
  }
  return issues;
}

/**
 * The 1-based line that a claim is about: the one with exactly the quoted text, else the one that
 * differs in white space only. Of several, the nearest to the number that the claim gives.
 */
function findQuote(lines: string[], piece: LineRange, claim: Claim): number | undefined {
  const quote = firstLine(claim.quote);
  for (const text of new Set([quote, withoutMarks(quote)])) {
    const squeezed = squeeze(text);
    if (squeezed === "") continue;
    const matches = linesWhere(piece, (line) => lines[line - 1] === text);
    const alike = matches.length > 0
      ? matches
      : linesWhere(piece, (line) => squeeze(lines[line - 1]!) === squeezed);
    const nearest = nearestTo(alike, claim.line);
    if (nearest !== undefined) return nearest;
  }
  return undefined;
}

function linesWhere({ first, last }: LineRange, test: (line: number) => boolean): number[] {
  const matches: number[] = [];
  for (let line = first; line <= last; line++) if (test(line)) matches.push(line);
  return matches;
}

function nearestTo(lines: number[], wanted: number | undefined): number | undefined {
  if (lines.length <= 1) return lines[0];
  if (wanted === undefined) return undefined;
  return lines.reduce((a, b) => Math.abs(b - wanted) < Math.abs(a - wanted) ? b : a);
}

/** Models quote several lines where the first would do. */
function firstLine(quote: string): string {
  return quote.split(/\r\n|\r|\n/).find((line) => line.trim() !== "") ?? "";
}

/** Without what models copy or add: the number that we show before a line, backticks around it. */
function withoutMarks(quote: string): string {
  return quote.trim().replace(/^`{1,3}|`{1,3}$/g, "").replace(/^\d+\s?[|:] ?/, "");
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Longer texts say nothing more. */
const MAX_MESSAGE = 400;

function toIssue(claim: Claim, line: number, text: string): Issue {
  const indent = text.length - text.trimStart().length;
  const suggestion = oneLine(claim.suggestion ?? "", MAX_MESSAGE);
  return {
    severity: claim.severity,
    category: claim.category,
    message: oneLine(claim.message, MAX_MESSAGE),
    rule: "model",
    line,
    column: indent + 1,
    end: { line, column: text.trimEnd().length + 1 },
    source: "model",
    confidence: toShare(claim.confidence),
    ...suggestion && { suggestion },
  };
}

/** To two decimals: a model's feeling is no finer. */
function toShare(confidence: number): number {
  const share = confidence > 1 ? confidence / 100 : confidence;
  return Math.round(100 * Math.min(1, Math.max(0, share))) / 100;
}

/** Whether two issues say the same of a line, as far as can be told without understanding them. */
function isRepeat(issue: Issue, other: Issue): boolean {
  return issue.line === other.line &&
    (issue.category === other.category || areAlike(issue.message, other.message));
}

/** Whether half of the words of the shorter text are in the other, and at least two. */
function areAlike(a: string, b: string): boolean {
  const [words, others] = [stemsOf(a), stemsOf(b)];
  const shared = words.intersection(others).size;
  return shared >= 2 && shared * 2 >= Math.min(words.size, others.size);
}

const STEM_LENGTH = 5;
const FILLERS = new Set([
  "the",
  "and",
  "for",
  "not",
  "this",
  "that",
  "with",
  "are",
  "but",
  "should",
]);

/** The beginnings of the words that mean something: `unused`, `import` of `imported`. */
function stemsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]{2,}/gu) ?? [];
  return new Set(
    words.filter((word) => !FILLERS.has(word)).map((word) => word.slice(0, STEM_LENGTH)),
  );
}
