/** From A, which is rarely hard to change, to E. */
export type ComplexityGrade = "A" | "B" | "C" | "D" | "E";

/** Lines in functions whose cyclomatic complexity is at most 10, at most 20, at most 50, and above. */
export interface RiskLines {
  low: number;
  moderate: number;
  high: number;
  veryHigh: number;
}

/** What each grade allows at most, as shares of all lines. */
const ALLOWED: [ComplexityGrade, moderate: number, high: number, veryHigh: number][] = [
  ["A", 0.25, 0, 0],
  ["B", 0.30, 0.05, 0],
  ["C", 0.40, 0.10, 0],
  ["D", 0.50, 0.15, 0.05],
];

/**
 * The grade of a code base by where its lines are: the rating of complexity per unit, ++ to −−, of I. Heitlager, T.
 * Kuipers and J. Visser, "A Practical Model for Measuring Maintainability" (2007). Undefined without lines.
 */
export function gradeComplexity(
  { low, moderate, high, veryHigh }: RiskLines,
): ComplexityGrade | undefined {
  const all = low + moderate + high + veryHigh;
  if (all === 0) return undefined;
  const found = ALLOWED.find(([, m, h, v]) =>
    moderate <= m * all && high <= h * all && veryHigh <= v * all
  );
  return found?.[0] ?? "E";
}

/** Which of the lines those of a function are. */
export function riskOf(cyclomatic: number): keyof RiskLines {
  if (cyclomatic <= 10) return "low";
  if (cyclomatic <= 20) return "moderate";
  return cyclomatic <= 50 ? "high" : "veryHigh";
}
