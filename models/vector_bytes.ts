/** A vector of 8,192 numbers as JSON. */
const BYTES_PER_VECTOR = 200_000;
const ALLOWANCE = 1 << 20;

/** Bytes that an answer with `count` vectors takes at most. */
export function maxVectorBytes(count: number): number {
  return ALLOWANCE + count * BYTES_PER_VECTOR;
}
