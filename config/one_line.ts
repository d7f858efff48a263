/** What acts on a terminal, breaks a line or is there without being seen. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\s\ufff9-\ufffb]+/gu;

/**
 * Text of a server's or a user's on one line, for a message: runs of blanks and of what cannot be seen
 * become one space, and what is longer than `limit` is cut.
 *
 * @param limit in UTF-16 code units. @default 200
 */
export function oneLine(text: string, limit = 200): string {
  // Only what can matter is looked at: a server's text may be megabytes.
  const line = text.slice(0, 8 * limit).replace(UNSEEN, " ").trim();
  if (line.length <= limit) return line;
  return `${line.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "").trimEnd()}…`;
}
