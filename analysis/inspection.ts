import type { Issue } from "./issue.ts";
import type { FunctionComplexity } from "./complexity.ts";

/**
 * What is found in a file by looking at it alone: the same text, engines and settings always give
 * the same. So this is what the cache keeps; what is changed, known or in focus is decided after it.
 */
export interface Inspection {
  /** By line, column and rule. Those that comments silence are left out. */
  issues: Issue[];
  /** Those that comments silence, with what the comment says. */
  suppressed?: Issue[];
  /** Lines in the file. */
  lines: number;
  /** Sentences of what would improve the file, and of what is good in it. */
  suggestions: string[];
  compliments: string[];
  /** Whether that nothing was found says something: all rules ran, none was silenced, all was measured. */
  isAssured: boolean;
  /** Functions, where the language is measured. */
  functions?: FunctionComplexity[];
  /**
   * The lines that issues lie on, with some around them: for excerpts. By 1-based number, in a notebook
   * by cell and number: see {@link lineKey}.
   */
  excerpts: Record<string, string>;
}

/** Lines of a file, 1-based, both included. */
export interface LineRange {
  first: number;
  last: number;
}

/** What a diff says of a file. */
export interface FileChange {
  /** The file was not there before: issues about all of it count. */
  isNew: boolean;
  /** Lines that are added or changed, in order, not overlapping. */
  lines: LineRange[];
}
