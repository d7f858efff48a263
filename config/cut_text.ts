/** What the line takes that says what is missing. */
const LINE = 48;

/**
 * A text of at most `most` UTF-16 code units: where there is more its beginning, and a line that says
 * how much is missing. Cut again by the same measure it stays as it is.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - LINE).toWellFormed();
  return `${kept}\n\n(cut: ${text.length - kept.length} more characters)`;
}
