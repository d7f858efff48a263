/**
 * Whether parts fit items in order and to the end, where some of the parts stand for any run of items.
 * Greedy with one point to come back to, the last run: never more than parts × items steps.
 *
 * @param items how many there are
 * @param isRun whether a part stands for a run
 * @param fits whether another part fits the item at an index
 */
export function fitsInOrder<P>(
  parts: readonly P[],
  items: number,
  isRun: (part: P) => boolean,
  fits: (part: P, at: number) => boolean,
): boolean {
  let part = 0, at = 0, run = -1, resume = 0;
  while (at < items) {
    if (part < parts.length && isRun(parts[part]!)) [run, resume] = [part++, at];
    else if (part < parts.length && fits(parts[part]!, at)) part++, at++;
    else if (run < 0) return false;
    else [part, at] = [run + 1, ++resume];
  }
  while (part < parts.length && isRun(parts[part]!)) part++;
  return part === parts.length;
}
