import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";

/** What of a function has a limit. */
export type Measure = keyof ComplexityLimits;

/** How a measure is called where it stands. */
interface MeasureNames {
  key: Measure;
  /** Of a column. */
  title: string;
  hint: string;
  /** In a list of limits. */
  name: string;
  /** After a number. */
  unit: string;
}

/** The measures in the order in which a page tells them. */
export const MEASURES: readonly MeasureNames[] = [
  {
    key: "cyclomatic",
    title: "Cyclomatic",
    hint: "Cyclomatic complexity",
    name: "cyclomatic complexity",
    unit: "cyclomatic",
  },
  {
    key: "cognitive",
    title: "Cognitive",
    hint: "Cognitive complexity",
    name: "cognitive complexity",
    unit: "cognitive",
  },
  {
    key: "length",
    title: "Lines",
    hint: "Length in lines",
    name: "length in lines",
    unit: "lines",
  },
  {
    key: "nesting",
    title: "Nesting",
    hint: "Control structures inside one another",
    name: "nesting",
    unit: "levels deep",
  },
  {
    key: "parameters",
    title: "Parameters",
    hint: "Parameters",
    name: "parameters",
    unit: "parameters",
  },
];

/** Whether a function has more than is allowed; 0 allows any. */
export function isAbove(
  one: Record<Measure, number>,
  key: Measure,
  limits: ComplexityLimits,
): boolean {
  return limits[key] > 0 && one[key] > limits[key];
}
