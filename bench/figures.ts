/** Seconds as a row says them. */
export function seconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(1)} s`;
}

/** A ratio as a row says it. */
export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}
