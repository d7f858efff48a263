/** What comparing with another program has shown. */
export interface Comparison {
  name: string;
  passed: boolean;
  /** For people: counts, and on further lines each difference. */
  detail: string;
}

/** Tells of them, and fails the program when one has failed: for a comparison that is run alone. */
export function tell(comparisons: readonly Comparison[]): void {
  for (const { name, passed, detail } of comparisons) {
    console.log(`${passed ? "ok  " : "FAIL"} ${name}: ${detail}`);
  }
  if (comparisons.some(({ passed }) => !passed)) Deno.exitCode = 1;
}
