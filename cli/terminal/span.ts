import { createColors } from "picocolors";

/** A piece of text in one style. */
export interface Span {
  text: string;
  /** Flags of {@link STYLE}, or-ed. */
  style: number;
  /** Where its source begins, in code units; what is shown besides the source has that of its cause. */
  at: number;
}

/** What a piece of Markdown is. */
export const STYLE = {
  strong: 1,
  emphasis: 2,
  struck: 4,
  code: 8,
  link: 16,
  quiet: 32,
  title: 64,
} as const;

export type StyleName = keyof typeof STYLE;
export type MarkdownPalette = Record<StyleName, (text: string) => string>;

export function markdownPalette(color: boolean): MarkdownPalette {
  const colors = createColors(color);
  return {
    strong: colors.bold,
    emphasis: colors.italic,
    struck: colors.strikethrough,
    code: colors.cyan,
    link: colors.blue,
    quiet: colors.dim,
    title: (text) => colors.bold(colors.underline(text)),
  };
}

const NAMES = Object.keys(STYLE) as StyleName[];

/** Spans as text with sequences, or without where the palette has none. */
export function paintSpans(spans: Span[], palette: MarkdownPalette): string {
  return spans.map(({ text, style }) => paint(text, style, palette)).join("");
}

function paint(text: string, style: number, palette: MarkdownPalette): string {
  if (style === 0 || text === "") return text;
  return NAMES.reduce(
    (painted, name) => style & STYLE[name] ? palette[name](painted) : painted,
    text,
  );
}
