/** A share in percent; one that is small but there is told as such. */
export function percent(part: number, all: number): string {
  const value = all === 0 ? 0 : 100 * part / all;
  return part > 0 && value < 0.1 ? "<0.1\u00a0%" : `${value.toFixed(1)}\u00a0%`;
}
