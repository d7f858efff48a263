/** Keeps the worst of many things, in the order in which they came. */
export interface Worst<T> {
  /**
   * @param badness the higher the worse; of two that are as bad, the first stays
   * @param make called only when there is room for it
   */
  add(badness: number, make: () => T): void;
  /** What has stayed. */
  kept(): T[];
}

interface Kept<T> {
  badness: number;
  at: number;
  weight: number;
  item: T;
}

/**
 * @param most what the things that stay may weigh together
 * @param weightOf of one; @default 1
 */
export function createWorst<T>(most: number, weightOf: (item: T) => number = () => 1): Worst<T> {
  let all: Kept<T>[] = [];
  let weight = 0, count = 0, bar = -Infinity;
  const cut = () => {
    all.sort((a, b) => b.badness - a.badness || a.at - b.at);
    weight = 0;
    const end = all.findIndex((one) => (weight += one.weight) > most);
    if (end < 0) return;
    // What comes later has to be worse than what had to go: so the rest is not even made.
    bar = all[end]!.badness;
    all = all.slice(0, end);
    weight = all.reduce((sum, one) => sum + one.weight, 0);
  };
  return {
    add(badness, make) {
      const at = count++;
      if (badness <= bar) return;
      const item = make();
      all.push({ badness, at, item, weight: weightOf(item) });
      weight += all.at(-1)!.weight;
      if (weight > 2 * most) cut();
    },
    kept() {
      cut();
      return [...all].sort((a, b) => a.at - b.at).map(({ item }) => item);
    },
  };
}
