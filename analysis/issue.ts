import type { CATEGORIES } from "../config/choices.ts";

/** How bad an issue is, worst first. */
export const SEVERITIES = ["critical", "major", "minor", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What an issue is about. */
export type Category = (typeof CATEGORIES)[number];

/** A place in a text: both 1-based; columns count UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Replace the text from `start` up to `end` (exclusive) with `content`. */
export interface Edit {
  start: Position;
  end: Position;
  content: string;
}

export interface Fix {
  message: string;
  /** True when applying it cannot change what the program does. */
  safe: boolean;
  edits: Edit[];
}

/** Why an issue is not told. */
export interface Suppression {
  /** A comment in the file says so, or the baseline holds the issue. */
  by: "comment" | "baseline";
  /** What the comment says. */
  reason?: string;
}

export interface Issue {
  severity: Severity;
  category: Category;
  message: string;
  /** The engine's code: `F401`, `S105`, `syntax-error`; `model` for what a model found. */
  rule: string;
  line: number;
  column: number;
  end: Position;
  fix?: Fix;
  /** Of a notebook: which cell, from 1; line and column are then those within it. */
  cell?: number;
  /** Of a notebook: the line of the file, JSON, that it lies on. */
  fileLine?: number;
  /** The last line of what it is about, where that is more than it lies on: for a diff. */
  lastLine?: number;
  /** About the file as a whole: it counts for a diff only where the file is new. @default false */
  wholeFile?: boolean;
  /** Tells it from others even when lines move: of rule, text around it and how often that occurs. */
  fingerprint?: string;
  /** It is not told; only formats that tell of such issues are given it. */
  suppressed?: Suppression;
  /** `model`: one said so, and may be wrong. @default "static" */
  source?: "static" | "model";
  /** How sure the model is, from 0 to 1. */
  confidence?: number;
  /** What the model would do. */
  suggestion?: string;
}

/** Whether nothing else is known of the file: it does not parse, or the engine failed on it. */
export function isBroken({ rule }: Pick<Issue, "rule">): boolean {
  return rule === "syntax-error" || rule === "analysis-failed";
}

/** Whether a model found it: advice, which decides nothing unless the user says so. */
export function isAdvice({ source }: Pick<Issue, "source">): boolean {
  return source === "model";
}

/** Orders worst first, then by place, then by rule: a total order for distinct issues. */
export function compareIssues(a: Issue, b: Issue): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line || a.column - b.column ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
