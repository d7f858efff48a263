/** Longer entries between commas are a sentence, rather than a list. */
const MAX_WORDS = 3;
const MAX_ENTRIES = 1000;

const NOTHING = /^(?:none|nothing|n\/a|null|-|\[\])?$/i;
/** `-`, `*`, `•`, `1.`, `2)`, `(3)`, `a)` before an entry. */
const BULLET = /^(?:[-*•–]|\(?\d{1,3}[.):]|\(?[a-z]\))\s+/i;

/**
 * The entries of a list that was written as text: JSON, one on each line (with or without bullets), or
 * short ones between commas. Any other text is one entry; `none` and the like is an empty list.
 */
export function splitList(text: string): unknown[] {
  const trimmed = text.trim();
  if (NOTHING.test(trimmed)) return [];
  const parsed = trimmed.startsWith("[") ? parseList(trimmed) : undefined;
  if (parsed) return parsed;
  const lines = entries(trimmed.split("\n", MAX_ENTRIES));
  if (lines.length !== 1) return lines;
  const parts = entries(lines[0]!.split(",", MAX_ENTRIES));
  const isList = parts.every((part) => part.split(/\s+/, MAX_WORDS + 1).length <= MAX_WORDS);
  return isList ? parts : lines;
}

function entries(parts: string[]): string[] {
  return parts.map((part) => part.trim().replace(BULLET, "")).filter((part) => part !== "");
}

function parseList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
