import type { ComplexityReport } from "../complexity.ts";
import type { Engine } from "../engine.ts";
import type { Issue } from "../issue.ts";

/** What a syntax tree tells of a file. */
export interface Measured {
  report: ComplexityReport;
  /** Where the text is surely not of the language: issues of the rule `syntax-error`. */
  errors: Issue[];
}

/** Measures the functions of a file, and finds where it cannot be parsed. */
export interface Meter extends Engine {
  measure(text: string): Measured;
  /** How many decisions each line holds that holds any, by line. */
  decisions(text: string): Map<number, number>;
}
