/** What was renewed holds for this long at least: a server that fails at each call is not asked each time. */
const RENEW_MS = 5000;

/** Makes a result for a key; `renew` says, then or later, that it is to be made anew. */
export type Make<Key, T> = (key: Key, renew: () => void) => Promise<T>;

/**
 * Makes results when they are asked for, and keeps them. Calls under way share a result, later ones get it
 * until it is to be renewed: the first time at once, then not more often than every five seconds. A
 * failure is not kept.
 *
 * @param now milliseconds of a steady clock. @default performance.now
 */
export function keepResults<Key, T>(
  make: Make<Key, T>,
  now: () => number = () => performance.now(),
): (key: Key) => Promise<T> {
  const kept = new Map<Key, { made: Promise<T>; endsAt: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known && now() < known.endsAt) return known.made;
    const leastEnd = known ? now() + RENEW_MS : now();
    const renew = () => entry.endsAt = Math.max(now(), leastEnd);
    const entry = { made: make(key, () => renew()), endsAt: Infinity };
    kept.set(key, entry);
    entry.made.catch(() => kept.get(key) === entry && kept.delete(key));
    return entry.made;
  };
}
