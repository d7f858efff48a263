import { eastAsianWidth } from "get-east-asian-width";

const combining = /^[\p{Mn}\p{Me}]$/u;

/** Columns a visible character takes on a terminal: 0 for a combining mark, 2 for a wide one. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (combining.test(character)) return 0;
  return eastAsianWidth(code);
}

/** Columns that text without controls takes on a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Pads with spaces to `columns`; longer text stays as it is. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - textWidth(text)));
}

/** The text if it fits into `columns`, else its start and an ellipsis. */
export function truncateEnd(text: string, columns: number): string {
  return fits(text, columns) ? text : `${takeStart([...text], columns - 1).join("")}…`;
}

/** The text if it fits into `columns`, else an ellipsis and its end: for paths. */
export function truncateStart(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  return `…${takeStart([...text].reverse(), columns - 1).reverse().join("")}`;
}

function fits(text: string, columns: number): boolean {
  return text.length <= columns / 2 || textWidth(text) <= columns;
}

function takeStart(characters: string[], columns: number): string[] {
  let width = 0;
  const end = characters.findIndex((character) => (width += characterWidth(character)) > columns);
  return end < 0 ? characters : characters.slice(0, end);
}
