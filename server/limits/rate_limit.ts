export interface RateLimit {
  /** Seconds until `key` may take one more; 0: now. Nothing is taken. */
  wait(key: string): number;
  /** Takes one, where {@link wait} says 0. */
  take(key: string): void;
}

export interface RateLimitOptions {
  /** Uses of one key in a minute, at once or spread; 0: any number. */
  perMinute: number;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Keys that are remembered; beyond, the one unused for longest starts anew. @default 10_000 */
  maxKeys?: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MINUTE = 60_000;

/** A token bucket for each key: it holds a minute's uses and fills evenly. */
export function createRateLimit(options: RateLimitOptions): RateLimit {
  const { perMinute, now, maxKeys = 10_000 } = options;
  /** The one unused for longest first. */
  const buckets = new Map<string, Bucket>();
  const tokensOf = (key: string) => {
    const bucket = buckets.get(key);
    if (!bucket) return perMinute;
    const filled = (now() - bucket.at) * perMinute / MINUTE;
    return Math.min(perMinute, bucket.tokens + filled);
  };
  const keep = (key: string, bucket: Bucket) => {
    buckets.delete(key);
    if (buckets.size >= maxKeys) buckets.delete(buckets.keys().next().value!);
    buckets.set(key, bucket);
  };
  return {
    wait: (key) => {
      const missing = 1 - tokensOf(key);
      return perMinute === 0 || missing <= 0 ? 0 : missing * MINUTE / perMinute / 1000;
    },
    take: (key) => {
      if (perMinute > 0) keep(key, { tokens: tokensOf(key) - 1, at: now() });
    },
  };
}
