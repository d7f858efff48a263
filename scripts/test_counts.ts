/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

const SUMMARY = /^(?:ok|FAILED) \| (\d+) passed.*? \| (\d+) failed/gm;

/**
 * The counts of a finished `deno test`, from its summary lines. A run that failed in another way
 * (a type error, a crash) counts as one failure.
 */
export function countTests(output: string, exitCode: number): Counts {
  const counts = { passed: 0, failed: 0 };
  for (const [, passed, failed] of output.matchAll(SUMMARY)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** The sum of all counts. */
export function sumCounts(all: Counts[]): Counts {
  return all.reduce(
    (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
    { passed: 0, failed: 0 },
  );
}

/** The line that the continuous integration reads: `N passed, N failed`. */
export function toSummaryLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
