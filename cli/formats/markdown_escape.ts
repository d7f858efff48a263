import { sanitizeLine } from "../sanitize.ts";

/** Text of others as a piece of code on one line: nothing in it is Markdown, HTML or a mention. */
export function markdownCode(text: string): string {
  return `<code>${asEntities(sanitizeLine(text), /[^A-Za-z0-9 /.\-]/g)}</code>`;
}

/**
 * Text of others for one line of GitHub's or GitLab's Markdown: between backticks it is code; the rest
 * is plain, and neither formats nor links nor mentions anybody.
 */
export function escapeMarkdown(text: string): string {
  return sanitizeLine(text).split(/(`[^`]+`)/).map((part, index) =>
    index % 2 === 1 ? markdownCode(part.slice(1, -1)) : plain(part)
  ).join("");
}

/** What a service makes a link or a mention of is parted by a space without width. */
function plain(text: string): string {
  return asEntities(text, /[^\p{L}\p{N} ,.:;()]/gu)
    .replace(/&#(?:64|35|126|33|36|37|38);(?=\w)/g, "$&&#8203;")
    .replaceAll(":&#47;", ":&#8203;&#47;")
    .replace(/\b(www|GH)(?=[.&])/gi, "$1&#8203;");
}

function asEntities(text: string, characters: RegExp): string {
  return text.replace(
    characters,
    (character) => character.codePointAt(0)! < 128 ? `&#${character.codePointAt(0)};` : character,
  );
}
