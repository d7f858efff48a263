import type { ComplexityReport } from "../complexity.ts";
import type { Engine } from "../engine.ts";
import type { SyntaxProblem } from "../syntax.ts";

/** What a syntax tree tells of a file. */
export interface Measured {
  report: ComplexityReport;
  /** Where the text is not of the language; the outermost places only. */
  errors: SyntaxProblem[];
}

/** Measures the functions of a file, and finds where it cannot be parsed. */
export interface Meter extends Engine {
  measure(text: string): Measured;
}
