import { Argument, InvalidArgumentError } from "commander";

/**
 * A parser of whole numbers for commander, for `--min-score <n>` and the like.
 * @param min the smallest number allowed
 * @param max the largest number allowed. @default unlimited
 */
export function parseCount(
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): (value: string) => number {
  return (value) => {
    const number = /^-?\d{1,16}$/.test(value) ? Number(value) : NaN;
    if (number >= min && number <= max) return number;
    const limits = max === Number.MAX_SAFE_INTEGER ? `${min} or more` : `${min} to ${max}`;
    throw new InvalidArgumentError(`Expected a whole number, ${limits}`);
  };
}

/** An argument whose choices depend on the one before it; for completion, not for checks. */
export class DependentArgument extends Argument {
  /** @param choicesBehind by the argument before */
  constructor(
    flags: string,
    description: string,
    readonly choicesBehind: ReadonlyMap<string, string[]>,
  ) {
    super(flags, description);
  }
}
