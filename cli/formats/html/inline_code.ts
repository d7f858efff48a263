import { type Markup, markup } from "../../html/markup.ts";

/** More of a sentence nobody reads, and a model may write a book. */
const MOST = 2000;

/** A sentence in which what stands between backticks is code. */
export function inlineCode(text: string): Markup {
  const shown = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
  const parts = shown.split(/`([^`]+)`/);
  return markup`${
    parts.map((part, index) => index % 2 === 1 ? markup`<code>${part}</code>` : part)
  }`;
}
