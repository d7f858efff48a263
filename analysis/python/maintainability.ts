/** radon's letters for a module: A above 19, B above 9. */
export type MaintainabilityRank = "A" | "B" | "C";

/** What the index is made of. */
export interface MaintainabilityInput {
  /** Halstead volume of the module. */
  volume: number;
  /** Cyclomatic complexity of the module. */
  cyclomatic: number;
  /** Logical lines. */
  lloc: number;
  /** Source lines. */
  sloc: number;
  /** Lines with comments, and lines of multi-line strings, which radon takes for documentation. */
  comments: number;
}

/**
 * radon's maintainability index, 0 (worst) to 100: Coleman and Oman's polynomial with the comment term of the
 * Software Engineering Institute, scaled from 171 to 100. 100 when there is nothing to measure.
 */
export function maintainabilityIndex(input: MaintainabilityInput): number {
  const { volume, cyclomatic, lloc, sloc, comments } = input;
  if (volume <= 0 || lloc <= 0) return 100;
  const percent = sloc === 0 ? 0 : comments / sloc * 100;
  const bonus = 50 * Math.sin(Math.sqrt(2.46 * percent * Math.PI / 180));
  const index = 171 - 5.2 * Math.log(volume) - 0.23 * cyclomatic - 16.2 * Math.log(lloc) + bonus;
  return Math.min(Math.max(0, index * 100 / 171), 100);
}

/** radon's rank of an index. */
export function rankMaintainability(index: number): MaintainabilityRank {
  return index > 19 ? "A" : index > 9 ? "B" : "C";
}
