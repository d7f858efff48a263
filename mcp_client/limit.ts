/** Runs work, at most `count` at once; the others wait their turn. */
export type Limit = <T>(work: () => Promise<T>) => Promise<T>;

/** A limit for all that is run through it. With 1, one after the other. */
export function createLimit(count: number): Limit {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
