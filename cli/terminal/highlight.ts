import { createColors } from "picocolors";
import type { Paint } from "../style.ts";

/** A line of code in colours, and what has to be known of the lines before the next one. */
export interface HighlightedLine {
  text: string;
  memory: string;
}

/**
 * Colours one line of code; its text stays as it is.
 * @param memory of the line before; empty for the first
 */
export type HighlightLine = (code: string, memory: string) => HighlightedLine;

/** The highlighter of a language as fences name it, if it is known. */
export type Highlight = (language: string) => HighlightLine | undefined;

const colors = createColors(true);

/** Of the 16 colours those that can be read on dark and on light. */
const PAINTS: Record<string, Paint> = {
  keyword: colors.magenta,
  meta: colors.magenta,
  name: colors.magenta,
  "selector-tag": colors.magenta,
  tag: colors.magenta,
  string: colors.green,
  regexp: colors.green,
  addition: colors.green,
  code: colors.green,
  number: colors.cyan,
  literal: colors.cyan,
  symbol: colors.cyan,
  built_in: colors.cyan,
  type: colors.cyan,
  title: colors.blue,
  attr: colors.blue,
  attribute: colors.blue,
  property: colors.blue,
  section: colors.blue,
  "selector-class": colors.blue,
  "selector-id": colors.blue,
  variable: colors.yellow,
  "template-variable": colors.yellow,
  deletion: colors.red,
  comment: colors.dim,
  quote: colors.dim,
  doctag: colors.dim,
  strong: colors.bold,
  emphasis: colors.italic,
};

/** Longer lines are data, and not coloured. */
const MAX_LINE = 400;
/** As much is highlighted again with each line of a long comment or string. */
const MAX_MEMORY = 1500;
/** No grammar knows it: it shows in which marks the next line begins. */
const SENTINEL = "\x01";

/** Loads the highlighter; takes some 10 ms, so not before the prompt. */
export async function loadHighlight(): Promise<Highlight> {
  const { findMarker } = await import("./highlight_languages.ts");
  return (language) => {
    const toHtml = findMarker(language);
    return toHtml && ((code, memory) => highlightLine(code, memory, toHtml));
  };
}

/**
 * Each line is highlighted for itself as long as the lines before have closed all that they opened,
 * else with those from where it was opened.
 */
function highlightLine(
  code: string,
  memory: string,
  toHtml: (code: string) => string,
): HighlightedLine {
  if (code.length > MAX_LINE) return { text: code, memory };
  const pieces = [...readHtml(toHtml(`${memory}${code}\n${SENTINEL}`))];
  const isOpen = pieces.some(({ text, scopes }) => text.includes(SENTINEL) && scopes.length > 0);
  const text = paintFrom(pieces, memory.length, memory.length + code.length);
  return { text: text ?? code, memory: isOpen ? bounded(`${memory}${code}\n`) : "" };
}

/** Of too many lines the one that opened it all, and the last. */
function bounded(memory: string): string {
  if (memory.length <= MAX_MEMORY) return memory;
  const [first, ...others] = memory.split("\n");
  return `${first}\n${others.at(-2) ?? ""}\n`;
}

interface Piece {
  text: string;
  /** Classes of highlight.js, outermost first. */
  scopes: string[];
}

const TOKENS = /<span class="([^"]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+/g;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" };

function* readHtml(html: string): Generator<Piece> {
  let scopes: string[] = [];
  for (const [token, name, entity] of html.matchAll(TOKENS)) {
    if (name !== undefined) scopes = [...scopes, name.split(" ")[0]!.replace("hljs-", "")];
    else if (token === "</span>") scopes = scopes.slice(0, -1);
    else yield { text: entity ? ENTITIES[entity]! : token, scopes };
  }
}

/** The part between two offsets in colours; undefined if it is not there in full. */
function paintFrom(pieces: Piece[], from: number, to: number): string | undefined {
  let [at, painted, open, openText] = [0, "", undefined as Paint | undefined, ""];
  let length = 0;
  const flush = () => {
    painted += open && openText !== "" ? open(openText) : openText;
    openText = "";
  };
  for (const { text, scopes } of pieces) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += text.length;
    if (part === "") continue;
    const paint = paintOf(scopes);
    if (paint !== open) flush();
    open = paint;
    openText += part;
    length += part.length;
  }
  flush();
  return length === to - from ? painted : undefined;
}

/** The innermost mark with a colour; what is put into a string is code again. */
function paintOf(scopes: string[]): Paint | undefined {
  for (const scope of scopes.toReversed()) {
    if (scope === "subst" || scope.startsWith("language-")) return undefined;
    if (PAINTS[scope]) return PAINTS[scope];
  }
  return undefined;
}
