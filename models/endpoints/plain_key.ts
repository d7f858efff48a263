/** A key or a word without case, underscores, hyphens and blanks. */
export function plainKey(key: string): string {
  return key.slice(0, 200).toLowerCase().replace(/[\s_-]+/g, "");
}
