/** What a function may have before it is a finding; 0 lets it have any. */
export interface ComplexityLimits {
  cyclomatic: number;
  cognitive: number;
  nesting: number;
  parameters: number;
  /** Lines. */
  length: number;
}

/**
 * Cyclomatic 10 is McCabe's limit and radon's rank B, cognitive 15 SonarSource's default; the others
 * are what most code keeps to.
 */
export const DEFAULT_LIMITS: Readonly<ComplexityLimits> = {
  cyclomatic: 10,
  cognitive: 15,
  nesting: 4,
  parameters: 7,
  length: 80,
};
