/** More is not taken, in UTF-16 units. */
export const MAX_INPUT = 1024 * 1024;

/**
 * What was typed, pasted or completed as the text of an input: lines end with newlines, and there
 * are no controls but these and tabs. What cannot be seen stays: the view shows it escaped.
 */
export function cleanInput(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(/(?![\n\t])\p{Cc}/gu, "");
}
