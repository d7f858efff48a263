import { sanitizeLine } from "../sanitize.ts";

const ENTITIES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&apos;"],
]);

/**
 * Text for an attribute or between tags of XML 1.0, on one line. Characters that XML does not allow,
 * or that a terminal would act on, are written visibly (`\x1b`).
 */
export function escapeXml(text: string): string {
  return sanitizeLine(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES.get(character)!);
}

/** ` name="value"` for each value there is. */
export function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(`${value}`)}"`).join("");
}
