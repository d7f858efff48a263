/** The lines of a text; a last one without an end counts too. */
export function countLines(text: string): number {
  const ends = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return /[^\r\n]$/.test(text) ? ends + 1 : ends;
}
