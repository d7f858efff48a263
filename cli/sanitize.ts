/**
 * Characters that act on a terminal, or that are there without being seen: controls (C0, DEL, C1),
 * everything Unicode calls default-ignorable (bidi overrides and isolates, zero-width spaces and
 * joiners, fillers, tags, variation selectors), interlinear marks and lone surrogates. Line and
 * paragraph separators break lines in some terminals.
 */
const UNSEEN = String.raw`\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb`;
const unseen = new RegExp(`[${UNSEEN}]`, "gu");
const unseenInText = new RegExp(`(?![\\t\\n])[${UNSEEN}]`, "gu");
/** What JSON leaves unescaped though a terminal may act on it. */
const unseenInJson = new RegExp(`(?![\\u0000-\\u001f])[${UNSEEN}]`, "gu");

const SHORT = new Map([["\t", "\\t"], ["\n", "\\n"], ["\r", "\\r"]]);

/** One character, written so that it can be seen: `\x1b`, `\u{202e}`. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  return SHORT.get(character) ??
    (code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`);
}

/** Whether {@link sanitizeLine} would leave the one character as it is. */
export function isVisible(character: string): boolean {
  return character.search(unseen) < 0;
}

/** Whether text is nothing but printable ASCII: quick to tell, and mostly so. */
export function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Text for a terminal: tabs and newlines stay, what else acts or hides is escaped visibly. */
export function sanitize(text: string): string {
  return text.replace(unseenInText, escapeCharacter);
}

/** Text for one line of a terminal: tabs and newlines are escaped too. */
export function sanitizeLine(text: string): string {
  return isPlain(text) ? text : text.replace(unseen, escapeCharacter);
}

/** JSON whose strings hold no raw character that a terminal could act on; it parses to the same. */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(unseenInJson, escapeUnits);
}

function escapeUnits(character: string): string {
  return character.split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
